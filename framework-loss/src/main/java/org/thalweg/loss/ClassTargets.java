package org.thalweg.loss;

import java.util.Arrays;
import java.util.List;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Class numbers as targets of scores [N, C, ...].
 *
 * @param loss its name, for messages
 * @param scores of the classes
 * @param weight for each class; empty for 1 each
 */
record ClassTargets(String loss, Tensor scores, List<Double> weight) {
    /** The axis of the classes. */
    static final int CLASSES = 1;

    /** Checks that the weights are as many as the classes. */
    ClassTargets {
        Shape shape = scores.shape();
        if (shape.rank() < 2) {
            throw new ShapeException(loss + ": 'input' must be [rows, classes] or [rows, classes, ...], but has the shape " + shape);
        }
        if (!weight.isEmpty() && weight.size() != shape.extent(CLASSES)) {
            throw new ShapeException(loss + ": weight has " + weight.size() + " numbers, but 'input' has " + shape.extent(CLASSES)
                    + " classes: its shape is " + shape);
        }
    }

    /** Of scores [N, C] and no further axes. */
    static ClassTargets ofRows(LossInputs inputs, List<Double> weight) {
        if (inputs.input().shape().rank() != 2) {
            throw new ShapeException(inputs.loss() + ": 'input' must be [rows, classes], but has the shape " + inputs.input().shape());
        }
        return new ClassTargets(inputs.loss(), inputs.input(), weight);
    }

    /** The weights that are given for a loss that has none of its own. */
    static List<Double> only(List<Double> own, List<Double> given) {
        if (!own.isEmpty()) {
            throw new IllegalArgumentException("the loss has weights of its own: keep one of the two");
        }
        return given;
    }

    int classes() {
        return scores.shape().extent(CLASSES);
    }

    /** Whether a target holds a class number for each place of the scores. */
    boolean isClassNumbers(Tensor target) {
        return target.dtype() == DType.INT32 && target.shape().equals(scores.shape().without(CLASSES));
    }

    /** The class numbers of a loss that takes nothing else. */
    Tensor classNumbers(Tensor target) {
        if (!isClassNumbers(target)) {
            throw new ShapeException(loss + ": 'target' must be class numbers (INT32) of the shape " + scores.shape().without(CLASSES)
                    + ", as 'input' is " + scores.shape() + "; but it is " + target.dtype() + " of the shape " + target.shape());
        }
        return target;
    }

    /** BOOL, in the shape of the scores: where the class is the target's. */
    Tensor isTarget(Tensor target) {
        return target.reshape(scores.shape().with(CLASSES, 1)).equal(alongClasses(scores.range(classes())));
    }

    /** The element of the target's class. */
    Tensor ofTarget(Tensor target, Tensor ofClasses) {
        return isTarget(target).where(ofClasses, scores.constant(0)).sum(CLASSES);
    }

    /** The values, NaN where the class does not exist, which stops a training. */
    Tensor ofExisting(Tensor target, Tensor values) {
        Tensor exists = target.greaterOrEqual(0).and(target.less(classes()));
        return exists.where(values, scores.constant(Double.NaN));
    }

    /** The values but for those of targets to ignore; the mean divides by the weights of the targets that count. */
    Loss.Elements counting(Tensor target, int ignoreIndex, Tensor values) {
        Tensor zero = scores.constant(0);
        Tensor counts = target.equal(ignoreIndex).not();
        Tensor targetWeight = weight.isEmpty() ? scores.constant(1) : ofTarget(target, weights());
        return new Loss.Elements(counts.where(ofExisting(target, values), zero), counts.where(targetWeight, zero).sum());
    }

    /** The weights along the axis of the classes; 1 where there are none. */
    Tensor weights() {
        return weight.isEmpty() ? scores.constant(1) : alongClasses(ConstantVector.of(scores, weight));
    }

    /** A vector of the classes, shaped so that it broadcasts along their axis. */
    private Tensor alongClasses(Tensor vector) {
        int[] extents = new int[scores.shape().rank() - CLASSES];
        Arrays.fill(extents, 1);
        extents[0] = classes();
        return vector.reshape(extents);
    }
}
