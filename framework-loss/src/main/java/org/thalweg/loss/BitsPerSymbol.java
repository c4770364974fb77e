package org.thalweg.loss;

import java.util.List;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.loss.Reduction;
import org.thalweg.api.loss.Scores;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Guide;
import org.thalweg.api.tensor.Tensor;

/**
 * Cross-entropy in bits, the measure of language models and compressors: {@code -log2 p_y}, with p from softmax over the scores [N, C, ...] and
 * symbols y, INT32 [N, ...]. An ideal coder driven by the model needs so many bits a symbol; two to that power is the perplexity. The mean is over
 * the symbols that count; a symbol outside 0..C-1 that is not {@code ignoreIndex} makes its element NaN, which stops a training.
 *
 * @param ignoreIndex the number whose elements are 0 and do not count
 * @param reduction how the elements become one number
 */
@Description("Cross-entropy in bits.")
@Guide(
        formula = "-log2 p_y      p = softmax(x)",
        shapes = "Input scores [N, C, ...], target symbols [N, ...].",
        use = "For language models and compression, where figures are compared in bits.",
        source = "Shannon (1948).")
public record BitsPerSymbol(
        @Description("Targets with this number do not count.") @Default("-100") int ignoreIndex,
        @Description("How the elements become one number.") @Default("mean") Reduction reduction)
        implements Loss {

    @Override
    public Scores scores() {
        return Scores.LOGITS;
    }

    @Override
    public Elements elements(LossInputs inputs) {
        ClassTargets classes = new ClassTargets(inputs.loss(), inputs.input(), List.of());
        Tensor y = classes.classNumbers(inputs.target());
        Tensor bits = inputs.input().logSoftmax(ClassTargets.CLASSES).div(-Math.log(2));
        return classes.counting(y, ignoreIndex, classes.ofTarget(y, bits));
    }
}
