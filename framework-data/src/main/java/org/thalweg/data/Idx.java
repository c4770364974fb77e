package org.thalweg.data;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataContext;
import org.thalweg.api.data.DataSource;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;

/**
 * Images and labels in the IDX format, as MNIST and its relatives come. Elements stay as wide in memory as in the file and are converted when
 * they are read. A file of more than an eighth of the memory that Java may use stays on disk and is mapped; if it is gzipped, it is unpacked into
 * the user's cache first, where it is gone when the data set is closed. The column {@code input} is FLOAT32, or FLOAT64 for 32-bit integers and doubles; {@code target} is INT32 for labels of an
 * integer type, and FLOAT32 or FLOAT64 for the others.
 *
 * @param images one row along the first axis; any rank
 * @param labels one row along the first axis; without them the data has no target
 * @param classes the names behind the labels; none if empty
 */
@Description("Images and labels in the IDX format, as MNIST and its relatives come; plain or gzipped.")
public record Idx(
        @Description("The file of images: one along the first axis, of any shape.") String images,
        @Description("The file of labels, as many as images; without it there is no target.") Optional<String> labels,
        @Description("The names of the classes: of label 0, of label 1 ...") @Default("[]") List<String> classes)
        implements DataSource {

    /** Copies the list. */
    public Idx {
        classes = List.copyOf(classes);
        if (!classes.isEmpty() && labels.isEmpty()) {
            throw new IllegalArgumentException("classes names labels, but there is no file of labels; set labels, or leave classes out");
        }
    }

    @Override
    public Dataset open(DataContext context) throws IOException {
        return read(DataFile.of(context, images), labels.map(name -> DataFile.of(context, name)), classes);
    }

    static Dataset read(DataFile images, Optional<DataFile> labels, List<String> classes) throws IOException {
        return read(images, labels, classes, Storage.standard());
    }

    static Dataset read(DataFile images, Optional<DataFile> labels, List<String> classes, Storage storage) throws IOException {
        Arena arena = Arena.ofShared();
        boolean mapped = false;
        try {
            IdxFile inputs = IdxFile.read(images, storage, arena);
            List<ColumnValues> columns = new ArrayList<>();
            columns.add(ColumnValues.of(new Column(Column.INPUT, inputs.type().number(), inputs.shape()), inputs.values()));
            Optional<IdxFile> targets = Optional.empty();
            if (labels.isPresent()) {
                targets = Optional.of(IdxFile.read(labels.get(), storage, arena));
                columns.add(target(targets.get(), inputs, classes));
            }
            InMemory data = InMemory.of(columns);
            mapped = inputs.isMapped() || targets.isPresent() && targets.get().isMapped();
            return mapped ? new OnDisk(images, data, arena) : data;
        } finally {
            if (!mapped) {
                arena.close();
            }
        }
    }

    private static ColumnValues target(IdxFile targets, IdxFile inputs, List<String> classes) {
        if (targets.rows() != inputs.rows()) {
            throw targets.file().problem("there are " + targets.rows() + " labels, but " + inputs.rows() + " images in "
                    + inputs.file().path() + "; name two files that belong together");
        }
        if (!classes.isEmpty()) {
            checkNamed(targets, classes);
        }
        DType dtype = targets.type().whole() ? DType.INT32 : targets.type().number();
        return ColumnValues.of(new Column(Column.TARGET, dtype, targets.shape(), classes), targets.values());
    }

    private static void checkNamed(IdxFile targets, List<String> classes) {
        if (!targets.type().whole() || !targets.shape().equals(Shape.scalar())) {
            throw targets.file().problem("labels of shape " + targets.shape() + (targets.type().whole() ? "" : " that are not whole numbers")
                    + " cannot have class names; leave classes out");
        }
        for (int row = 0; row < targets.rows(); row++) {
            int number = (int) targets.values().get(row);
            if (number < 0 || number >= classes.size()) {
                throw targets.file().problem("label " + number + " in row " + row + " has no name: classes lists " + classes.size()
                        + ", for the labels 0 to " + (classes.size() - 1));
            }
        }
    }
}
