package org.thalweg.autodiff.kernel;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.thalweg.api.tensor.DType;

/**
 * Writes {@link GemmKernels} as bytecode, so that both element types and every vector width come from one description of the loops. The Vector API is mentioned by
 * name alone, so that this class loads where it is absent.
 */
final class GemmKernelGenerator {
    private static final String VECTOR_PACKAGE = "jdk.incubator.vector";
    private static final ClassDesc VECTOR = ClassDesc.of(VECTOR_PACKAGE, "Vector");
    private static final ClassDesc SPECIES = ClassDesc.of(VECTOR_PACKAGE, "VectorSpecies");
    private static final ClassDesc MASK = ClassDesc.of(VECTOR_PACKAGE, "VectorMask");
    private static final ClassDesc SHUFFLE = ClassDesc.of(VECTOR_PACKAGE, "VectorShuffle");
    private static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");
    private static final ClassDesc BYTE_ORDER = ClassDesc.of("java.nio.ByteOrder");
    private static final ClassDesc MATH = Math.class.describeConstable().orElseThrow();
    private static final ClassDesc PARENT = GemmKernels.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc TILE_TYPE = MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_Object, CD_int, CD_int,
            CD_Object, CD_int, CD_int, CD_Object, CD_int, CD_int, CD_boolean);
    private static final MethodTypeDesc PACKED_TYPE = MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_int, CD_Object, CD_int, CD_int, CD_int,
            SEGMENT, CD_long, CD_int, CD_Object, CD_int, CD_int, CD_boolean);
    private static final MethodTypeDesc COPY_TYPE = MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_Object, CD_int, CD_int, SEGMENT, CD_long, CD_int);
    private static final MethodTypeDesc COLUMNS_TYPE = MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_Object, CD_int, CD_int, CD_Object);
    private static final MethodTypeDesc TRANSPOSE_TYPE = MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_Object, CD_int, CD_int,
            SEGMENT, CD_long, CD_int);
    private static final MethodTypeDesc SHIFTED_TYPE = MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_Object, CD_int, CD_int,
            CD_Object, CD_int, CD_int.arrayType(), CD_Object, CD_int, CD_int);
    private static final MethodTypeDesc DOTS_TYPE = MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_int, CD_Object, CD_int, CD_int,
            CD_Object, CD_int, CD_int.arrayType(), CD_int, CD_Object, CD_int);
    private static final MethodTypeDesc ROW_TYPE = MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_Object, CD_int, CD_Object, CD_int, CD_int, CD_Object, CD_int);
    private static final MethodTypeDesc ROW_DOTS_TYPE = MethodTypeDesc.of(CD_void, CD_int, CD_int, CD_Object, CD_int, CD_int, CD_Object, CD_int, CD_Object,
            CD_int);
    private static final MethodTypeDesc INT_MIN = MethodTypeDesc.of(CD_int, CD_int, CD_int);
    /** Names of constants for vectors of the transposing copy, and of all others. */
    private static final String PACK = "pack";
    private static final String WHOLE = "whole";
    /** No mask: all lanes count. */
    private static final int UNMASKED = -1;

    private final GemmTile tile;
    private final TypeKind element;
    private final ClassDesc elementType;
    private final ClassDesc array;
    /** FloatVector or DoubleVector. */
    private final ClassDesc vector;
    private final TypeKind vectorKind;
    private final ClassDesc self;

    GemmKernelGenerator(DType dtype, GemmTile tile) {
        this.tile = tile;
        element = dtype == DType.FLOAT32 ? TypeKind.FLOAT : TypeKind.DOUBLE;
        elementType = element.upperBound();
        array = elementType.arrayType();
        vector = ClassDesc.of(VECTOR_PACKAGE, dtype == DType.FLOAT32 ? "FloatVector" : "DoubleVector");
        vectorKind = TypeKind.from(vector);
        self = ClassDesc.of(GemmKernels.class.getPackageName(), "GemmKernels_" + dtype + "_" + tile.vectorBits());
    }

    static GemmKernels generate(DType dtype, GemmTile tile) {
        byte[] bytes = new GemmKernelGenerator(dtype, tile).classFile();
        try {
            MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (GemmKernels) hidden.findConstructor(hidden.lookupClass(), MethodType.methodType(void.class)).invoke();
        } catch (Throwable failure) {
            throw new LinkageError("the generated matrix multiplication for " + dtype + " " + tile + " does not link", failure);
        }
    }

    byte[] classFile() {
        return ClassFile.of().build(self, type -> {
            type.withSuperclass(PARENT).withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
            method(type, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void,
                    code -> code.aload(0).invokespecial(PARENT, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void));
            kernel(type, "tile", TILE_TYPE, this::tile);
            kernel(type, "packedTile", PACKED_TYPE, code -> packedTile(code, tile.rows(), tile.vectors(), false, false));
            kernel(type, "packedTileOfTransposed", PACKED_TYPE, code -> packedTile(code, tile.rows(), tile.vectors(), true, false));
            kernel(type, "narrow", PACKED_TYPE, code -> packedTile(code, GemmTile.NARROW_ROWS, 2, true, false));
            kernel(type, "edge", PACKED_TYPE, code -> packedTile(code, GemmTile.EDGE_ROWS, 1, true, true));
            kernel(type, "copy", COPY_TYPE, this::copy);
            kernel(type, "columns", COLUMNS_TYPE, code -> columns(code, 1));
            kernel(type, "manyColumns", COLUMNS_TYPE, code -> columns(code, GemmTile.CHUNKS));
            kernel(type, "shifted", SHIFTED_TYPE, this::shifted);
            kernel(type, "dots", DOTS_TYPE, this::dots);
            kernel(type, "row", ROW_TYPE, this::row);
            kernel(type, "rowDots", ROW_DOTS_TYPE, this::rowDots);
            kernel(type, "transpose", TRANSPOSE_TYPE, this::transpose);
            constants(type);
        });
    }

    /** A kernel, which does nothing where its first parameter is 0. */
    private static void kernel(ClassBuilder type, String name, MethodTypeDesc signature, Consumer<CodeBuilder> body) {
        method(type, name, signature, code -> {
            Label some = code.newLabel();
            code.iload(1).ifgt(some).return_().labelBinding(some);
            body.accept(code);
        });
    }

    private static void method(ClassBuilder type, String name, MethodTypeDesc signature, Consumer<CodeBuilder> body) {
        type.withMethodBody(name, signature, 0, code -> {
            body.accept(code);
            code.return_();
        });
    }

    /** The loop of {@link GemmKernels#tile}; the slots are those of the parameters, in order. The bounds of A are checked once before the loop. */
    private void tile(CodeBuilder code) {
        int rowCount = 1, depth = 2, a = 3, aStart = 4, aRow = 5, b = 6, bStart = 7, bRow = 8, c = 9, cStart = 10, cRow = 11, add = 12;
        castToArray(code, a);
        castToArray(code, b);
        castToArray(code, c);
        int[] aIndex = rowStarts(code, tile.rows(), rowCount, aStart, aRow);
        int[] cIndex = rowStarts(code, tile.rows(), rowCount, cStart, cRow);
        int[] sums = zeros(code, tile.rows() * tile.vectors());
        loop(code, depth, 1, p -> {
            int[] row = new int[tile.vectors()];
            for (int v = 0; v < row.length; v++) {
                load(code, tile.vectorBits(), b, index(code, bStart, v * tile.lanes()), UNMASKED);
                row[v] = storeNew(code, vectorKind);
            }
            multiplyAdd(code, a, aIndex, p, row, sums);
            code.iload(bStart).iload(bRow).iadd().istore(bStart);
        });
        result(code, sums, tile.vectors(), add, c, cIndex, UNMASKED);
    }

    /**
     * The loop of {@link GemmKernels#packedTile} and its variants. Rows of a whole panel are as far apart as they are wide, so that the bounds of the packed block are checked
     * once before the loop, and where A is not strided, so are A's.
     */
    private void packedTile(CodeBuilder code, int rows, int vectors, boolean strided, boolean masked) {
        int rowCount = 1, width = 2, depth = 3, a = 4, aStart = 5, aRow = 6, aStep = 7, packed = 8, packedStart = 9, packedRow = 11;
        int c = 12, cStart = 13, cRow = 14, add = 15;
        castToNative(code, packed);
        castToArray(code, a);
        castToArray(code, c);
        int[] aIndex = rowStarts(code, rows, rowCount, aStart, aRow);
        int[] cIndex = rowStarts(code, rows, rowCount, cStart, cRow);
        int mask = masked ? laneMask(code, width) : UNMASKED;
        int[] sums = zeros(code, rows * vectors);
        boolean whole = vectors == tile.vectors();
        loop(code, depth, 1, p -> {
            int position = !strided ? p : whole ? storeScaled(code, p, tile.chunkRows()) : storeProduct(code, p, aStep);
            int[] row = new int[vectors];
            for (int v = 0; v < vectors; v++) {
                int distance = v * tile.lanes();
                loadPacked(code, packed, () -> {
                    code.iload(p);
                    if (whole) {
                        code.i2l().loadConstant((long) tile.vectors() * tile.lanes());
                    } else {
                        code.i2l().iload(packedRow).i2l();
                    }
                    code.lmul().lload(packedStart).ladd().loadConstant((long) distance).ladd();
                });
                row[v] = storeNew(code, vectorKind);
            }
            multiplyAdd(code, a, aIndex, position, row, sums);
        });
        result(code, sums, vectors, add, c, cIndex, mask);
    }

    /** Adds the products of a column of A, at {@code position} in its rows, and a row of B to the sums. */
    private void multiplyAdd(CodeBuilder code, int a, int[] aIndex, int position, int[] row, int[] sums) {
        for (int r = 0; r < aIndex.length; r++) {
            int start = aIndex[r];
            broadcast(code, () -> code.aload(a).iload(start).iload(position).iadd().arrayLoad(element));
            int factor = storeNew(code, vectorKind);
            for (int v = 0; v < row.length; v++) {
                fma(code, factor, row[v], sums[r * row.length + v]);
            }
        }
    }

    /** Stores sums in C or adds them. All of C is read before any of it is written: a row that stands several times is stored several times, with one value. */
    private void result(CodeBuilder code, int[] sums, int vectors, int add, int c, int[] cIndex, int mask) {
        Label store = code.newLabel();
        code.iload(add).ifeq(store);
        for (int s = 0; s < sums.length; s++) {
            // What a loop carried has no exact class for the JIT, so it is not the receiver of the call.
            load(code, tile.vectorBits(), c, index(code, cIndex[s / vectors], s % vectors * tile.lanes()), mask);
            code.loadLocal(vectorKind, sums[s]);
            add(code);
            code.storeLocal(vectorKind, sums[s]);
        }
        code.labelBinding(store);
        for (int s = 0; s < sums.length; s++) {
            store(code, sums[s], c, index(code, cIndex[s / vectors], s % vectors * tile.lanes()), mask);
        }
    }

    /** The loop of {@link GemmKernels#copy}. */
    private void copy(CodeBuilder code) {
        int width = 1, depth = 2, b = 3, bStart = 4, bRow = 5, packed = 6, packedStart = 7, packedRow = 9;
        castToNative(code, packed);
        castToArray(code, b);
        int[] masks = masks(code, tile.vectors(), width);
        loop(code, depth, 1, p -> {
            for (int v = 0; v < masks.length; v++) {
                int distance = v * tile.lanes();
                load(code, tile.vectorBits(), b, index(code, bStart, distance), masks[v]);
                int value = storeNew(code, vectorKind);
                storePacked(code, value, packed, () -> code.iload(p).i2l().iload(packedRow).i2l().lmul().lload(packedStart).ladd()
                        .loadConstant((long) distance).ladd());
            }
            code.iload(bStart).iload(bRow).iadd().istore(bStart);
        });
    }

    /** The loop of {@link GemmKernels#columns} and {@link GemmKernels#manyColumns}. */
    private void columns(CodeBuilder code, int chunks) {
        int count = 1, depth = 2, a = 3, aStart = 4, aRow = 5, copy = 6;
        castToArray(code, a);
        castToArray(code, copy);
        int vectors = tile.chunkVectors();
        int[] masks = masks(code, vectors * chunks, count);
        int[] starts = new int[chunks];
        for (int chunk = 0; chunk < starts.length; chunk++) {
            starts[chunk] = storeScaled(code, depth, chunk * tile.chunkRows());
        }
        loop(code, depth, 1, p -> {
            for (int chunk = 0; chunk < starts.length; chunk++) {
                int to = starts[chunk];
                for (int v = 0; v < vectors; v++) {
                    load(code, tile.vectorBits(), a, index(code, aStart, (chunk * vectors + v) * tile.lanes()), masks[chunk * vectors + v]);
                    int value = storeNew(code, vectorKind);
                    store(code, value, copy, index(code, to, v * tile.lanes()), UNMASKED);
                }
                code.iinc(to, tile.chunkRows());
            }
            code.iload(aStart).iload(aRow).iadd().istore(aStart);
        });
    }

    /** The loop of {@link GemmKernels#shifted}. */
    private void shifted(CodeBuilder code) {
        int rowCount = 1, depth = 2, a = 3, aStart = 4, aRow = 5, b = 6, bStart = 7, bRows = 8, c = 9, cStart = 10, cRow = 11;
        castToArray(code, a);
        castToArray(code, b);
        castToArray(code, c);
        int rows = tile.rows();
        int vectors = tile.vectors();
        int[] aIndex = rowStarts(code, rows, rowCount, aStart, aRow);
        int[] cIndex = rowStarts(code, rows, rowCount, cStart, cRow);
        int[] sums = zeros(code, rows * vectors);
        loop(code, depth, 1, p -> {
            code.iload(bStart).aload(bRows).iload(p).iaload().iadd();
            int at = storeNew(code, TypeKind.INT);
            int[] row = new int[vectors];
            for (int v = 0; v < vectors; v++) {
                load(code, tile.vectorBits(), b, index(code, at, v * tile.lanes()), UNMASKED);
                row[v] = storeNew(code, vectorKind);
            }
            multiplyAdd(code, a, aIndex, p, row, sums);
        });
        for (int s = 0; s < sums.length; s++) {
            store(code, sums[s], c, index(code, cIndex[s / vectors], s % vectors * tile.lanes()), UNMASKED);
        }
    }

    /** The loop of {@link GemmKernels#dots}. */
    private void dots(CodeBuilder code) {
        int rowCount = 1, columnCount = 2, length = 3, a = 4, aStart = 5, aRow = 6, b = 7, bStart = 8, bRows = 9, first = 10, lanes = 11, lanesStart = 12;
        castToArray(code, a);
        castToArray(code, b);
        castToArray(code, lanes);
        int size = tile.dotRows();
        int vectors = tile.dotVectors();
        int[] aIndex = rowStarts(code, size, rowCount, aStart, aRow);
        int[] bIndex = new int[size];
        for (int q = 0; q < size; q++) {
            code.iload(bStart).aload(bRows).iload(first).loadConstant(q).iload(columnCount).iconst_1().isub().invokestatic(MATH, "min", INT_MIN)
                    .iadd().iaload().iadd();
            bIndex[q] = storeNew(code, TypeKind.INT);
        }
        int[] sums = new int[size * size * vectors];
        for (int s = 0; s < sums.length; s++) {
            load(code, tile.vectorBits(), lanes, index(code, lanesStart, s * tile.lanes()), UNMASKED);
            sums[s] = storeNew(code, vectorKind);
        }
        loop(code, length, vectors * tile.lanes(), j -> {
            for (int v = 0; v < vectors; v++) {
                int distance = v * tile.lanes();
                int[] row = new int[size];
                for (int q = 0; q < size; q++) {
                    int start = bIndex[q];
                    load(code, tile.vectorBits(), b, () -> code.iload(start).iload(j).iadd().loadConstant(distance).iadd(), UNMASKED);
                    row[q] = storeNew(code, vectorKind);
                }
                for (int r = 0; r < size; r++) {
                    int start = aIndex[r];
                    load(code, tile.vectorBits(), a, () -> code.iload(start).iload(j).iadd().loadConstant(distance).iadd(), UNMASKED);
                    int factor = storeNew(code, vectorKind);
                    for (int q = 0; q < size; q++) {
                        fma(code, factor, row[q], sums[(r * size + q) * vectors + v]);
                    }
                }
            }
        });
        for (int s = 0; s < sums.length; s++) {
            store(code, sums[s], lanes, index(code, lanesStart, s * tile.lanes()), UNMASKED);
        }
    }

    /** The loop of {@link GemmKernels#row}: one for whole panels, and one with masks, whose loads take longer. */
    private void row(CodeBuilder code) {
        int width = 1, a = 3, b = 5, c = 8;
        castToArray(code, a);
        castToArray(code, b);
        castToArray(code, c);
        Label part = code.newLabel();
        Label done = code.newLabel();
        int[] whole = new int[tile.vectors()];
        Arrays.fill(whole, UNMASKED);
        code.iload(width).loadConstant(tile.vectors() * tile.lanes()).if_icmplt(part);
        row(code, whole);
        code.goto_(done).labelBinding(part);
        row(code, masks(code, tile.vectors(), width));
        code.labelBinding(done);
    }

    private void row(CodeBuilder code, int[] masks) {
        int depth = 2, a = 3, aStart = 4, b = 5, bStart = 6, bRow = 7, c = 8, cStart = 9;
        int[] sums = zeros(code, masks.length);
        loop(code, depth, 1, p -> {
            broadcast(code, () -> code.aload(a).iload(aStart).iload(p).iadd().arrayLoad(element));
            int factor = storeNew(code, vectorKind);
            for (int v = 0; v < masks.length; v++) {
                load(code, tile.vectorBits(), b, index(code, bStart, v * tile.lanes()), masks[v]);
                int row = storeNew(code, vectorKind);
                fma(code, factor, row, sums[v]);
            }
            code.iload(bStart).iload(bRow).iadd().istore(bStart);
        });
        for (int v = 0; v < masks.length; v++) {
            store(code, sums[v], c, index(code, cStart, v * tile.lanes()), masks[v]);
        }
    }

    /** The loop of {@link GemmKernels#rowDots}. */
    private void rowDots(CodeBuilder code) {
        int rowCount = 1, length = 2, a = 3, aStart = 4, aRow = 5, x = 6, xStart = 7, y = 8, yStart = 9;
        castToArray(code, a);
        castToArray(code, x);
        castToArray(code, y);
        int rows = GemmTile.VECTOR_ROWS;
        int vectors = tile.dotVectors();
        int[] aIndex = rowStarts(code, rows, rowCount, aStart, aRow);
        int[] sums = zeros(code, rows * vectors);
        // Whole lanes, then what is left of them.
        code.iload(length).iload(length).loadConstant(vectors * tile.lanes() - 1).iand().isub();
        int whole = storeNew(code, TypeKind.INT);
        loop(code, whole, vectors * tile.lanes(), j -> multiplyLanes(code, a, aIndex, x, xStart, j, vectors, sums, null));
        Label done = code.newLabel();
        code.iload(whole).iload(length).if_icmpge(done);
        code.iload(length).iload(whole).isub();
        int left = storeNew(code, TypeKind.INT);
        multiplyLanes(code, a, aIndex, x, xStart, whole, vectors, sums, masks(code, vectors, left));
        code.labelBinding(done);
        // The upper half of the lanes is added to the lower until one is left: vectors first, then lanes, of as many rows at once as have room in a vector.
        int[] row = new int[rows];
        for (int r = 0; r < rows; r++) {
            for (int half = vectors / 2; half > 0; half /= 2) {
                for (int v = 0; v < half; v++) {
                    code.loadLocal(vectorKind, sums[r * vectors + v]).loadLocal(vectorKind, sums[r * vectors + v + half]);
                    add(code);
                    code.storeLocal(vectorKind, sums[r * vectors + v]);
                }
            }
            row[r] = sums[r * vectors];
        }
        int together = Math.min(rows, tile.lanes());
        int distance = tile.lanes() / 2;
        for (int half = together / 2; half > 0; half /= 2, distance /= 2) {
            for (int first = 0; first < rows; first += together) {
                for (int r = first; r < first + half; r++) {
                    exchange(code, WHOLE, row, r, r + half, distance);
                    code.loadLocal(vectorKind, row[r]).loadLocal(vectorKind, row[r + half]);
                    add(code);
                    code.storeLocal(vectorKind, row[r]);
                }
            }
        }
        for (int first = 0; first < rows; first += together) {
            for (int d = distance; d > 0; d /= 2) {
                code.loadLocal(vectorKind, row[first]).loadLocal(vectorKind, row[first]);
                rearrange(code, WHOLE + "down" + d);
                add(code);
                code.storeLocal(vectorKind, row[first]);
            }
            if (tile.lanes() > together) {
                code.loadLocal(vectorKind, row[first]);
                rearrange(code, WHOLE + "spread");
                code.storeLocal(vectorKind, row[first]);
            }
            species(code, tile.vectorBits());
            code.loadConstant(first).iload(rowCount).invokeinterface(SPECIES, "indexInRange", MethodTypeDesc.of(MASK, CD_int, CD_int));
            int mask = storeNew(code, TypeKind.REFERENCE);
            store(code, row[first], y, index(code, yStart, first), mask);
        }
    }

    private void multiplyLanes(CodeBuilder code, int a, int[] aIndex, int x, int xStart, int j, int vectors, int[] sums, int[] masks) {
        for (int v = 0; v < vectors; v++) {
            int distance = v * tile.lanes();
            int mask = masks == null ? UNMASKED : masks[v];
            load(code, tile.vectorBits(), x, () -> code.iload(xStart).iload(j).iadd().loadConstant(distance).iadd(), mask);
            int factor = storeNew(code, vectorKind);
            for (int r = 0; r < aIndex.length; r++) {
                int start = aIndex[r];
                load(code, tile.vectorBits(), a, () -> code.iload(start).iload(j).iadd().loadConstant(distance).iadd(), mask);
                int row = storeNew(code, vectorKind);
                fma(code, factor, row, sums[r * vectors + v]);
            }
        }
    }

    private int[] zeros(CodeBuilder code, int count) {
        int[] sums = new int[count];
        for (int s = 0; s < count; s++) {
            broadcast(code, () -> code.loadConstant(0).conversion(TypeKind.INT, element));
            sums[s] = storeNew(code, vectorKind);
        }
        return sums;
    }

    /**
     * Transposes squares: in the step for distance d, rows i and i + d exchange those of their blocks of d lanes that are on the wrong side.
     * Rows past the last one repeat it and end in the padding; the last square overlaps the one before it.
     */
    private void transpose(CodeBuilder code) {
        int rowCount = 1, depth = 2, b = 3, bStart = 4, bRow = 5, packed = 6, packedStart = 7, packedRow = 9;
        int lanes = tile.packLanes();
        castToNative(code, packed);
        castToArray(code, b);
        int[] bIndex = rowStarts(code, lanes, rowCount, bStart, bRow);
        loop(code, depth, lanes, p -> {
            code.iload(p).iload(depth).loadConstant(lanes).isub().invokestatic(MATH, "min", INT_MIN);
            int column = storeNew(code, TypeKind.INT);
            int[] row = new int[lanes];
            for (int r = 0; r < lanes; r++) {
                int at = bIndex[r];
                load(code, tile.packBits(), b, () -> code.iload(at).iload(column).iadd(), UNMASKED);
                row[r] = storeNew(code, vectorKind);
            }
            for (int distance = lanes / 2; distance >= 1; distance /= 2) {
                for (int r = 0; r < lanes; r++) {
                    if ((r & distance) == 0) {
                        exchange(code, PACK, row, r, r + distance, distance);
                    }
                }
            }
            code.iload(column).i2l().iload(packedRow).i2l().lmul().lload(packedStart).ladd();
            int to = storeNew(code, TypeKind.LONG);
            for (int r = 0; r < lanes; r++) {
                storePacked(code, row[r], packed, () -> code.lload(to));
                code.lload(to).iload(packedRow).i2l().ladd().lstore(to);
            }
        });
    }

    /** Lower blocks of {@code distance} lanes of both rows to one of them, upper blocks to the other. */
    private void exchange(CodeBuilder code, String kind, int[] row, int lower, int upper, int distance) {
        MethodTypeDesc blend = MethodTypeDesc.of(vector, VECTOR, MASK);
        code.aload(row[lower]).aload(row[upper]);
        rearrange(code, kind + "up" + distance);
        code.getstatic(self, kind + "upper" + distance, MASK).invokevirtual(vector, "blend", blend);
        code.aload(row[lower]);
        rearrange(code, kind + "down" + distance);
        code.aload(row[upper]).getstatic(self, kind + "upper" + distance, MASK).invokevirtual(vector, "blend", blend);
        code.storeLocal(vectorKind, row[upper]).storeLocal(vectorKind, row[lower]);
    }

    private void rearrange(CodeBuilder code, String shuffle) {
        code.getstatic(self, shuffle, SHUFFLE).invokevirtual(vector, "rearrange", MethodTypeDesc.of(vector, SHUFFLE));
    }

    private void constants(ClassBuilder type) {
        int flags = ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;
        for (String kind : new String[] {PACK, WHOLE}) {
            for (int distance = lanes(kind) / 2; distance >= 1; distance /= 2) {
                type.withField(kind + "up" + distance, SHUFFLE, flags).withField(kind + "down" + distance, SHUFFLE, flags);
                type.withField(kind + "upper" + distance, MASK, flags);
            }
        }
        type.withField(WHOLE + "spread", SHUFFLE, flags);
        type.withMethodBody(ConstantDescs.CLASS_INIT_NAME, ConstantDescs.MTD_void, ClassFile.ACC_STATIC, code -> {
            constants(code, PACK, tile.packBits());
            constants(code, WHOLE, tile.vectorBits());
            shuffle(code, tile.vectorBits(), 0, Math.max(1, tile.lanes() / GemmTile.VECTOR_ROWS));
            code.putstatic(self, WHOLE + "spread", SHUFFLE).return_();
        });
    }

    private int lanes(String kind) {
        return kind.equals(PACK) ? tile.packLanes() : tile.lanes();
    }

    /** For each distance d: shuffles that move lanes up or down by d, and the mask of lanes whose number has bit d set. */
    private void constants(CodeBuilder code, String kind, int bits) {
        int lanes = lanes(kind);
        for (int distance = lanes / 2; distance >= 1; distance /= 2) {
            long upper = 0;
            for (int lane = 0; lane < lanes; lane++) {
                upper |= (lane & distance) == 0 ? 0 : 1L << lane;
            }
            shuffle(code, bits, lanes - distance, 1);
            code.putstatic(self, kind + "up" + distance, SHUFFLE);
            shuffle(code, bits, distance, 1);
            code.putstatic(self, kind + "down" + distance, SHUFFLE);
            species(code, bits);
            code.loadConstant(upper).invokestatic(MASK, "fromLong", MethodTypeDesc.of(MASK, SPECIES, CD_long))
                    .putstatic(self, kind + "upper" + distance, MASK);
        }
    }

    /** Lanes that begin with one, and go on in steps, round about. */
    private void shuffle(CodeBuilder code, int bits, int first, int step) {
        species(code, bits);
        code.loadConstant(first).loadConstant(step).iconst_1().invokestatic(SHUFFLE, "iota",
                MethodTypeDesc.of(SHUFFLE, SPECIES, CD_int, CD_int, CD_boolean));
    }

    /** A whole vector from a packed block; the index is a long and counts elements. */
    private void loadPacked(CodeBuilder code, int from, Runnable index) {
        species(code, tile.vectorBits());
        code.aload(from);
        byteOffset(code, index);
        nativeOrder(code);
        code.invokestatic(vector, "fromMemorySegment", MethodTypeDesc.of(vector, SPECIES, SEGMENT, CD_long, BYTE_ORDER));
    }

    private void storePacked(CodeBuilder code, int value, int to, Runnable index) {
        code.aload(value).aload(to);
        byteOffset(code, index);
        nativeOrder(code);
        code.invokevirtual(vector, "intoMemorySegment", MethodTypeDesc.of(CD_void, SEGMENT, CD_long, BYTE_ORDER));
    }

    private void byteOffset(CodeBuilder code, Runnable index) {
        index.run();
        code.loadConstant((long) (element == TypeKind.FLOAT ? Float.BYTES : Double.BYTES)).lmul();
    }

    private static void nativeOrder(CodeBuilder code) {
        code.invokestatic(BYTE_ORDER, "nativeOrder", MethodTypeDesc.of(BYTE_ORDER));
    }

    private static void castToNative(CodeBuilder code, int slot) {
        code.getstatic(PARENT, "NATIVE", CD_Class).aload(slot).invokevirtual(CD_Class, "cast", MethodTypeDesc.of(CD_Object, CD_Object));
        code.checkcast(SEGMENT).astore(slot);
    }

    private void castToArray(CodeBuilder code, int slot) {
        code.aload(slot).checkcast(array).astore(slot);
    }

    /** New locals with the start of each row; rows past the last one repeat it. */
    private static int[] rowStarts(CodeBuilder code, int rows, int rowCount, int start, int distance) {
        int[] starts = new int[rows];
        for (int r = 0; r < rows; r++) {
            code.iload(start).loadConstant(r).iload(rowCount).iconst_1().isub().invokestatic(MATH, "min", INT_MIN)
                    .iload(distance).imul().iadd();
            starts[r] = storeNew(code, TypeKind.INT);
        }
        return starts;
    }

    private static void loop(CodeBuilder code, int limit, int step, IntConsumer body) {
        Label top = code.newLabel();
        Label end = code.newLabel();
        code.iconst_0();
        int counter = storeNew(code, TypeKind.INT);
        code.labelBinding(top).iload(counter).iload(limit).if_icmpge(end);
        body.accept(counter);
        code.iinc(counter, step).goto_(top).labelBinding(end);
    }

    private static Runnable index(CodeBuilder code, int start, int distance) {
        return () -> code.iload(start).loadConstant(distance).iadd();
    }

    private static int storeProduct(CodeBuilder code, int x, int y) {
        code.iload(x).iload(y).imul();
        return storeNew(code, TypeKind.INT);
    }

    private static int storeScaled(CodeBuilder code, int x, int factor) {
        code.iload(x).loadConstant(factor).imul();
        return storeNew(code, TypeKind.INT);
    }

    private static int storeNew(CodeBuilder code, TypeKind kind) {
        int slot = code.allocateLocal(kind);
        code.storeLocal(kind, slot);
        return slot;
    }

    private void species(CodeBuilder code, int bits) {
        code.getstatic(vector, "SPECIES_" + bits, SPECIES);
    }

    /** Masks of vectors side by side of which {@code count} lanes are wanted in all. */
    private int[] masks(CodeBuilder code, int vectors, int count) {
        int[] masks = new int[vectors];
        for (int v = 0; v < vectors; v++) {
            species(code, tile.vectorBits());
            code.loadConstant(v * tile.lanes()).iload(count).invokeinterface(SPECIES, "indexInRange", MethodTypeDesc.of(MASK, CD_int, CD_int));
            masks[v] = storeNew(code, TypeKind.REFERENCE);
        }
        return masks;
    }

    private int laneMask(CodeBuilder code, int count) {
        species(code, tile.vectorBits());
        code.iconst_0().iload(count).invokeinterface(SPECIES, "indexInRange", MethodTypeDesc.of(MASK, CD_int, CD_int));
        return storeNew(code, TypeKind.REFERENCE);
    }

    private void broadcast(CodeBuilder code, Runnable value) {
        species(code, tile.vectorBits());
        value.run();
        code.invokestatic(vector, "broadcast", MethodTypeDesc.of(vector, SPECIES, elementType));
    }

    private void load(CodeBuilder code, int bits, int from, Runnable index, int mask) {
        species(code, bits);
        code.aload(from);
        index.run();
        if (mask == UNMASKED) {
            code.invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, array, CD_int));
        } else {
            code.aload(mask).invokestatic(vector, "fromArray", MethodTypeDesc.of(vector, SPECIES, array, CD_int, MASK));
        }
    }

    private void store(CodeBuilder code, int value, int to, Runnable index, int mask) {
        code.aload(value).aload(to);
        index.run();
        if (mask == UNMASKED) {
            code.invokevirtual(vector, "intoArray", MethodTypeDesc.of(CD_void, array, CD_int));
        } else {
            code.aload(mask).invokevirtual(vector, "intoArray", MethodTypeDesc.of(CD_void, array, CD_int, MASK));
        }
    }

    /** sum = factor * other + sum, rounded once. */
    private void fma(CodeBuilder code, int factor, int other, int sum) {
        code.loadLocal(vectorKind, factor).loadLocal(vectorKind, other).loadLocal(vectorKind, sum);
        code.invokevirtual(vector, "fma", MethodTypeDesc.of(vector, VECTOR, VECTOR));
        code.storeLocal(vectorKind, sum);
    }

    /** Adds the two vectors on the stack. */
    private void add(CodeBuilder code) {
        code.invokevirtual(vector, "add", MethodTypeDesc.of(vector, VECTOR));
    }
}
