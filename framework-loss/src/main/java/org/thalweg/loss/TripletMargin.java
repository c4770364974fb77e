package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.Positive;

/**
 * Triplets (Balntas et al., 2016): {@code max(0, d(a, p) - d(a, n) + margin)}, with the distance {@code d(x, y) = |x - y + epsilon|_p} along the
 * last axis. With {@code swap}, d(p, n) counts instead of d(a, n) where it is smaller. Inputs {@code anchor}, {@code positive} and {@code negative}
 * have the same shape [..., D]; one element for each vector. Where two vectors are equal, epsilon makes the gradient that of the diagonal, as in
 * PyTorch; at the margin it passes.
 *
 * @param margin by how much the positive should be nearer than the negative
 * @param p the norm, above 0; infinity for the largest difference
 * @param swap whether the negative may be compared with the positive
 * @param epsilon added to each difference, at least 0
 * @param reduction how the elements become one number
 */
@Description("The anchor should be nearer to the positive than to the negative.")
@Guide(
        formula = """
                max(0, d(a, p) - d(a, n) + margin)      d(x, y) = |x - y + epsilon|_p
                with swap: min(d(a, n), d(p, n)) in place of d(a, n)""",
        shapes = "anchor, positive and negative are [..., D]; one element for each vector.",
        use = "For embeddings that are searched for neighbours.",
        source = "Balntas et al. (2016); as PyTorch's TripletMarginLoss.")
public record TripletMargin(
        @Description("By how much the positive should be nearer.") @Default("1") double margin,
        @Description("The norm of the distance: 1, 2, ...; above 0.") @Default("2") @Positive double p,
        @Description("Whether the distance of positive and negative counts where it is smaller.") @Default("false") boolean swap,
        @Description("Added to each difference; keeps the gradient of equal vectors finite.") @Default("1e-6") @Min(0) double epsilon,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public List<String> inputs() {
        return List.of("anchor", "positive", "negative");
    }

    @Override
    public Elements elements(LossInputs inputs) {
        return Elements.of(Triplet.of(inputs).violation((x, y) -> Norm.of(x.sub(y).add(epsilon), p), margin, swap));
    }
}
