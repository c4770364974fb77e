package org.thalweg.app.workload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.thalweg.app.workload.Workload.Objective;

/**
 * The data and the initial weights of a training: the same numbers in every library, from one seed.
 *
 * <p>The batches come in pairs with equal inputs and different targets. So there is always something left to learn: a model that knew its
 * data by heart would compute with vanishing gradients, which is slow and is not what training is like.
 *
 * @param inputs of all batches, one row after another
 * @param targets of all batches, where they are numbers; else empty
 * @param classes of all batches, where they are class numbers; else empty
 * @param weights by path
 */
public record Numbers(float[] inputs, float[] targets, int[] classes, Map<String, float[]> weights) {
    /** How many batches there are. */
    public static final int BATCHES = 4;

    /** What all numbers follow from. */
    public static final long SEED = 42;

    /** The numbers of a training. */
    public static Numbers of(Workload workload) {
        SplittableRandom random = new SplittableRandom(SEED);
        Model model = workload.model();
        int rows = BATCHES * workload.batch();
        float[] half = uniform(random, rows / 2 * Model.size(model.input()), 0, 1);
        float[] inputs = new float[2 * half.length];
        System.arraycopy(half, 0, inputs, 0, half.length);
        System.arraycopy(half, 0, inputs, half.length, half.length);
        int outputs = Model.size(model.output());
        boolean areClasses = workload.objective() == Objective.CROSS_ENTROPY;
        int[] classes = areClasses ? random.ints(rows, 0, outputs).toArray() : new int[0];
        float[] targets = areClasses ? new float[0] : uniform(random, rows * outputs, 0, 1);
        if (workload.objective() == Objective.BINARY_CROSS_ENTROPY) {
            for (int i = 0; i < targets.length; i++) {
                targets[i] = targets[i] < 0 ? 0 : 1;
            }
        }
        Map<String, float[]> weights = new LinkedHashMap<>();
        model.parameters().forEach(p -> weights.put(p.path(), uniform(random, p.size(), p.centre(), p.spread())));
        return new Numbers(inputs, targets, classes, weights);
    }

    /** Uniform numbers within {@code spread} of {@code centre}. */
    public static float[] uniform(SplittableRandom random, int count, double centre, double spread) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (centre + spread * (2 * random.nextDouble() - 1));
        }
        return values;
    }
}
