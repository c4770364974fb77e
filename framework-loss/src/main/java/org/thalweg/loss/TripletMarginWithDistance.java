package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;

/**
 * Triplets (Balntas et al., 2016) with a chosen distance d: {@code max(0, d(a, p) - d(a, n) + margin)}. With {@code swap}, d(p, n) counts instead
 * of d(a, n) where it is smaller. Inputs {@code anchor}, {@code positive} and {@code negative} have the same shape [..., D]; one element for each
 * vector. At the margin the gradient passes.
 *
 * @param distance d
 * @param margin by how much the positive should be nearer than the negative
 * @param swap whether the negative may be compared with the positive
 * @param reduction how the elements become one number
 */
@Description("As triplet-margin, with a distance of your choice.")
@Guide(
        formula = """
                max(0, d(a, p) - d(a, n) + margin)
                with swap: min(d(a, n), d(p, n)) in place of d(a, n)""",
        shapes = "anchor, positive and negative are [..., D]; one element for each vector.",
        use = "In place of triplet-margin where only directions are compared later: take the cosine.",
        source = "Balntas et al. (2016); as PyTorch's TripletMarginWithDistanceLoss.")
public record TripletMarginWithDistance(
        @Description("How far two vectors are apart.") @Default("euclidean") Distance distance,
        @Description("By how much the positive should be nearer.") @Default("1") double margin,
        @Description("Whether the distance of positive and negative counts where it is smaller.") @Default("false") boolean swap,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public List<String> inputs() {
        return List.of("anchor", "positive", "negative");
    }

    @Override
    public Elements elements(LossInputs inputs) {
        return Elements.of(Triplet.of(inputs).violation(distance::of, margin, swap));
    }
}
