package org.thalweg.example;

import java.util.List;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.LessThan;
import org.thalweg.api.settings.Min;
import org.thalweg.api.tensor.CustomOp;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;

/**
 * The exponential average of a signal so far, along the last axis; the shape stays:
 *
 * <pre>
 * y_t = decay * y_(t-1) + (1 - decay) * x_t,    y_(-1) = 0
 * </pre>
 *
 * <p>Each element needs the one before it, so a formula would need an operation for every t. A loop by hand needs one.
 *
 * @param decay how much of the average stays from one element to the next; in [0, 1)
 */
@Description("The exponential average of a signal so far, along the last axis.")
public record RunningAverage(
        @Description("Share of the average that stays from one element to the next.") @Default("0.9") @Min(0) @LessThan(1) double decay)
        implements Layer {

    @Override
    public Tensor apply(LayerContext context, Tensor x) {
        return x.custom(new Loop(decay), List.of());
    }

    /** The loop and its derivative: dx_t = (1 - decay) * s_t with s_t = dy_t + decay * s_(t+1), the same loop from the end. */
    private record Loop(double decay) implements CustomOp {
        @Override
        public String name() {
            return "running-average";
        }

        @Override
        public Shape shape(List<Shape> inputs) {
            if (inputs.getFirst().rank() == 0) {
                throw new ShapeException("running-average goes along the last axis, but the input is a single number");
            }
            return inputs.getFirst();
        }

        @Override
        public void forward(List<Values> inputs, Values output, double[] workspace) {
            Values x = inputs.getFirst();
            int time = x.shape().extent(-1);
            double average = 0;
            for (int i = 0; i < x.shape().size(); i++) {
                average = (i % time == 0 ? 0 : decay * average) + (1 - decay) * x.get(i);
                output.set(i, average);
            }
        }

        @Override
        public void backward(int position, List<Values> inputs, Values output, Values upstream, Values gradient, double[] workspace) {
            int time = output.shape().extent(-1);
            double sum = 0;
            for (int i = (int) output.shape().size() - 1; i >= 0; i--) {
                sum = ((i + 1) % time == 0 ? 0 : decay * sum) + upstream.get(i);
                gradient.set(i, (1 - decay) * sum);
            }
        }
    }
}
