package org.thalweg.loss;

import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.loss.Scores;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Positive;

/**
 * Hinge loss of support vector machines (Cortes and Vapnik, 1995),
 *
 * <ul>
 *   <li>of two classes: {@code max(0, margin - y * x)}, for scores x and targets y = -1 or 1 of the same shape, any;
 *   <li>of several (Crammer and Singer, 2001): {@code max(0, margin + max_{c != y} x_c - x_y)}, for scores [N, C], C at least 2, and class
 *       numbers y, INT32 [N].
 * </ul>
 *
 * Another target, or a class number outside 0..C-1, makes its element NaN, which stops a training. At the margin the gradient is 0. The mean is
 * over the elements.
 *
 * @param margin by how much the right answer should lead, above 0
 * @param reduction how the elements become one number
 */
@Description("The loss of a support vector machine.")
@Guide(
        formula = """
                max(0, margin - y * x)                     two classes, y = -1 or 1
                max(0, margin + max_{c != y} x_c - x_y)    several""",
        shapes = "Scores and targets -1 or 1 of the same shape, or scores [N, C] and class numbers [N].",
        use = "For a classifier that need only be right, with a margin, and gives no probabilities.",
        source = "Cortes and Vapnik (1995); several classes: Crammer and Singer (2001).")
public record Hinge(
        @Description("By how much the right answer should lead.") @Default("1") @Positive double margin,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public Scores scores() {
        return Scores.MARGINS;
    }

    @Override
    public Elements elements(LossInputs inputs) {
        return Elements.of(Violation.of(inputs, margin).relu());
    }
}
