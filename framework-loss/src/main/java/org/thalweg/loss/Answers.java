package org.thalweg.loss;

import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * Which class a model answers, and which is right.
 *
 * <ul>
 *   <li>Scores of C classes, [N, C] or [N, C, d1, ...], with class numbers, INT32 [N] or [N, d1, ...]: the class of the highest score is
 *       the answer, the first one of equals.
 *   <li>One score a row, [N] or [N, 1], before the sigmoid, with targets 0 and 1 (or false and true), [N] or [N, 1]: a score above 0
 *       answers 1.
 * </ul>
 *
 * @param answer INT32, in the target's shape
 * @param target INT32
 * @param classes C; 2 for one score a row
 * @param like has the type of the scores
 */
record Answers(Tensor answer, Tensor target, int classes, Tensor like) {

    /**
     * Of a batch.
     *
     * @throws ShapeException for any other shape or type
     */
    static Answers of(String metric, Tensor prediction, Tensor target) {
        Shape scores = prediction.shape();
        if (isOneScore(prediction, target)) {
            Tensor answer = prediction.greater(0).cast(DType.INT32).reshape(target.shape());
            return new Answers(answer, target.cast(DType.INT32), 2, prediction);
        }
        boolean classScores = scores.rank() > 2 || scores.rank() == 2 && scores.extent(1) > 1;
        if (classScores && target.dtype() == DType.INT32 && target.shape().equals(scores.without(1))) {
            return new Answers(prediction.argMax(1), target, scores.extent(1), prediction);
        }
        throw new ShapeException(metric + ": needs scores [rows, classes, ...] with class numbers (INT32) [rows, ...], or one score a"
                + " row with as many targets of 0 and 1;"
                + " but the prediction is " + scores + " and the target " + target.dtype() + " " + target.shape());
    }

    /** Whether there is one score a row, with one target each. */
    static boolean isOneScore(Tensor prediction, Tensor target) {
        Shape scores = prediction.shape();
        Shape targets = target.shape();
        boolean oneScore = scores.rank() == 1 || scores.rank() == 2 && scores.extent(1) == 1;
        boolean oneTarget = targets.rank() == 1 || targets.rank() == 2 && targets.extent(1) == 1;
        return oneScore && oneTarget && scores.extent(0) == targets.extent(0);
    }

    /** Answers and targets as vectors, in which targets that are no class do not count: they are class 0 there, with the weight 0. */
    Counted counted() {
        Tensor t = target.reshape(-1);
        Tensor exists = t.greaterOrEqual(0).and(t.less(classes));
        // In double precision, since single precision counts to 16,777,216 only.
        Tensor one = like.constant(1).cast(DType.FLOAT64);
        Tensor weight = exists.where(one, one.constant(0));
        return new Counted(answer.reshape(-1), exists.where(t, t.constant(0)), weight, classes);
    }

    /**
     * What is counted.
     *
     * @param answer INT32 [M]
     * @param target INT32 [M], each a class
     * @param weight FLOAT64 [M]: 1, or 0 for what does not count
     * @param classes C
     */
    record Counted(Tensor answer, Tensor target, Tensor weight, int classes) {
        /** How often each pair of classes occurs, [C * C]: those of class 0 first, by answer. */
        Tensor pairs() {
            return weight.scatterAdd(target.mul(classes).add(answer), classes * classes);
        }

        /** How often each class is answered rightly, [C]. */
        Tensor right() {
            return answer.equal(target).where(weight, weight.constant(0)).scatterAdd(target, classes);
        }

        /** How often each class is answered, [C]. */
        Tensor answered() {
            return weight.scatterAdd(answer, classes);
        }

        /** How often each class is the target, [C]. */
        Tensor actual() {
            return weight.scatterAdd(target, classes);
        }
    }
}
