package org.thalweg.loss;

import java.util.List;
import java.util.Optional;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.loss.Scores;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Max;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.Tensor;

/**
 * Hinge loss of several classes (Weston and Watkins, 1999; the mean over classes is PyTorch's): with scores x [N, C] and class numbers y,
 * INT32 [N], or those of one row, [C] and a scalar,
 *
 * <pre>
 * w_y / C * sum_{c != y} max(0, margin - x_y + x_c)^p
 * </pre>
 *
 * One element for each row; the mean is over the rows. At the margin the gradient is 0. A class number outside 0..C-1 makes its element NaN, which
 * stops a training.
 *
 * @param p the power, 1 or 2
 * @param margin by how much the right class should lead
 * @param weight w, one for each class, at least 0; empty for 1 each
 * @param reduction how the elements become one number
 */
@Description("The right class should lead every other one by the margin.")
@Guide(
        formula = "w_y / C * sum_{c != y} max(0, margin - x_y + x_c)^p",
        shapes = "Input scores [N, C], target class numbers [N]; of one row alone [C] and a scalar. One element for each row.",
        use = "A support vector machine of several classes that compares with all wrong ones; hinge compares with the best of them.",
        source = "Weston and Watkins (1999); as PyTorch's MultiMarginLoss.")
public record MultiMargin(
        @Description("The power, 1 or 2.") @Default("1") @Min(1) @Max(2) int p,
        @Description("By how much the right class should lead.") @Default("1") double margin,
        @Description("A weight for each class; empty: 1 each.") @Default("[]") @Min(0) List<Double> weight,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    /** Copies the weights. */
    public MultiMargin {
        weight = List.copyOf(weight);
    }

    @Override
    public Optional<Loss> withClassWeights(List<Double> weights) {
        return Optional.of(new MultiMargin(p, margin, ClassTargets.only(weight, weights), reduction));
    }

    @Override
    public Scores scores() {
        return Scores.MARGINS;
    }

    @Override
    public Elements elements(LossInputs inputs) {
        return SingleRow.orRows(inputs, false, this::ofRows);
    }

    private Elements ofRows(LossInputs inputs) {
        Tensor x = inputs.input();
        ClassTargets classes = ClassTargets.ofRows(inputs, weight);
        Tensor y = classes.classNumbers(inputs.target());
        Tensor right = classes.ofTarget(y, x).reshape(x.shape().with(1, 1));
        Tensor violation = x.sub(right).add(margin).relu().pow(p);
        Tensor others = classes.isTarget(y).where(x.constant(0), violation).mean(1);
        return Elements.of(classes.ofExisting(y, weight.isEmpty() ? others : others.mul(classes.ofTarget(y, classes.weights()))));
    }
}
