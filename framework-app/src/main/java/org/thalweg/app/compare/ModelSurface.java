package org.thalweg.app.compare;

import java.util.Optional;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;

/**
 * The loss of a real model over its training data, in the plane through its parameters that two random directions span. Each filter (row of a
 * weight) of a direction is as long as that of the parameters, and biases stay: Li et al. (2018), "Visualizing the loss landscape of neural nets".
 *
 * @param pipeline the file that describes data, model and loss
 * @param center the parameters in the middle
 * @param epochs of the training before, where the middle is trained
 * @param directions the seed of the two directions
 */
@Description("The loss of a model in a plane through its parameters that two random, filter-normalised directions span.")
public record ModelSurface(
        @Description("The file that describes data, model and loss; looked for where the comparison is.") String pipeline,
        @Description("The parameters in the middle: as training begins with them, or after it.") @Default("trained") Center center,
        @Description("Epochs of the training before; as many as the pipeline says if not given.") @Min(1) Optional<Integer> epochs,
        @Description("The seed of the two directions.") @Default("1") long directions) implements Surface {
    /** Where the plane goes through. */
    public enum Center {
        /** The parameters that training begins with. */
        INITIAL,
        /** The parameters after training. */
        TRAINED
    }

    @Override
    public View view() {
        return new View(-1.2, 1.2, -1.2, 1.2, -0.9, 0.8);
    }

    @Override
    public String lesson() {
        return "The loss of a trained model in a plane through its parameters, which lie in the middle.";
    }
}
