package org.thalweg.loss;

import java.util.Arrays;
import java.util.List;
import org.thalweg.api.metric.Metric;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Tensor;

/**
 * What the class of the highest score tells about the right class, in bits: the mutual information of the two over all rows. Scores are [N, C,
 * ...], class numbers INT32 [N, ...]; class numbers outside 0..C-1 do not count. At most log2 C; 0 for guesses, but also for a model that always
 * gives the same answer, however often that is right.
 *
 */
@Description("What the model's answer tells about the right class, in bits. Scores are [N, C, ...], class numbers [N, ...]. "
        + "Unlike accuracy it is 0 for a model that always gives the same answer.")
public record MutualInformation(
        ) implements Metric {

    @Override
    public List<Tensor> sums(Tensor prediction, Tensor target) {
        ClassTargets classes = new ClassTargets("mutual-information", prediction, List.of());
        Tensor answers = oneHot(prediction.argMax(ClassTargets.CLASSES), classes.classes(), prediction.dtype());
        Tensor right = oneHot(classes.classNumbers(target), classes.classes(), prediction.dtype());
        return List.of(answers.transpose().matmul(right));
    }

    private static Tensor oneHot(Tensor numbers, int classes, DType dtype) {
        return numbers.reshape((int) numbers.shape().size()).oneHot(classes, dtype);
    }

    @Override
    public double value(double[] sums) {
        double rows = Arrays.stream(sums).sum();
        if (!(rows > 0)) {
            return Double.NaN;
        }
        int classes = (int) Math.round(Math.sqrt(sums.length));
        double[][] joint = new double[classes][classes];
        for (int i = 0; i < sums.length; i++) {
            joint[i / classes][i % classes] = sums[i] / rows;
        }
        return Information.BITS.mutualInformation(joint);
    }

    @Override
    public boolean higherIsBetter() {
        return true;
    }
}
