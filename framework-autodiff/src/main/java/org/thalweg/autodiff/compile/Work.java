package org.thalweg.autodiff.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.thalweg.api.tensor.DType;
import org.thalweg.autodiff.compile.LoopBody.Place;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Op;

/**
 * What a step of a program does in one run, known when it is compiled.
 *
 * @param kind of work: {@code matmul [64, 784] x [784, 128]}, {@code loop over [64, 128]}
 * @param origins where its nodes come from, as {@link Expression#origin()} says
 * @param flops floating-point operations; a fused multiply-add counts two, an elementary function as what it is made of
 * @param bytes of all elements that it reads or writes, once each
 */
record Work(String kind, List<String> origins, long flops, long bytes) {
    /** Both, one after the other. */
    Work and(Work next) {
        List<String> all = new ArrayList<>(origins);
        next.origins.stream().filter(origin -> !all.contains(origin)).forEach(all::add);
        return new Work(kind + " + " + next.kind, all, flops + next.flops, bytes + next.bytes);
    }

    static Work ofKernel(Expression node) {
        String kind = switch (node.op()) {
            case Op.MatMul product -> "matmul " + node.input(0).shape() + (product.transposeA() ? "^T" : "") + " x " + node.input(1).shape()
                    + (product.transposeB() ? "^T" : "");
            case Op.Custom(var op) -> op.getClass().getSimpleName() + " " + node.shape();
            case Op.CustomGradient(var op, int position) -> op.getClass().getSimpleName() + " backward " + node.shape();
            default -> node.op().getClass().getSimpleName().toLowerCase(Locale.ROOT) + (node.inputs().isEmpty() ? "" : " of " + node.input(0).shape())
                    + " to " + node.shape();
        };
        return new Work(kind, List.of(node.origin()), flops(node), bytes(node));
    }

    /** The packing of the second factor of products. */
    static Work ofPacking(Expression product) {
        Expression factor = product.input(1);
        return new Work("packing of " + factor.shape() + (((Op.MatMul) product.op()).transposeB() ? "^T" : ""), List.of(factor.origin()), 0,
                2 * factor.shape().size() * factor.dtype().bytes());
    }

    private static long bytes(Expression node) {
        if (node.op() instanceof Op.Slice) {
            return 2 * node.shape().size() * node.dtype().bytes();
        }
        long bytes = node.shape().size() * node.dtype().bytes();
        for (Expression input : node.inputs()) {
            bytes += input.shape().size() * input.dtype().bytes();
        }
        return bytes;
    }

    private static long flops(Expression node) {
        return switch (node.op()) {
            case Op.MatMul product -> 2 * node.shape().size() * node.input(0).shape().extent(product.transposeA() ? -2 : -1);
            case Op.Convolution convolution -> 2 * node.shape().size() * node.input(1).shape().without(0).size();
            case Op.ConvolutionInput adjoint -> 2 * node.input(0).shape().size() * node.input(1).shape().without(0).size();
            case Op.ConvolutionWeight adjoint -> 2 * node.input(1).shape().size() * node.shape().without(0).size();
            default -> 0;
        };
    }

    static Work ofLoop(LoopBody body, List<Expression> stores) {
        long elements = 1;
        StringBuilder domain = new StringBuilder("loop over [");
        for (int axis = 0; axis < body.rank(); axis++) {
            elements *= body.extent(axis);
            domain.append(axis == 0 ? "" : ", ").append(body.extent(axis));
        }
        long perElement = 0;
        for (LoopBody.Instruction instruction : body.instructions) {
            if (instruction.place() == Place.ELEMENT && instruction.type().isFloating()) {
                perElement += switch (instruction.code()) {
                    case ADD, SUB, MUL, DIV, NEG, ABS, SQRT, MIN, MAX, POW -> 1;
                    case FMA -> 2;
                    default -> 0;
                };
            }
        }
        perElement += body.reductions.size() + body.accumulates.size();
        long bytes = 0;
        for (LoopBody.Operand operand : body.operands) {
            long walked = operand.isScratch() ? 0 : DType.valueOf(operand.type().name()).bytes();
            for (int axis = 0; axis < body.rank(); axis++) {
                walked *= operand.strides()[axis] == 0 ? 1 : body.extent(axis);
            }
            bytes += walked;
        }
        return new Work(domain.append(']').toString(), stores.stream().map(Expression::origin).distinct().toList(), elements * perElement, bytes);
    }
}
