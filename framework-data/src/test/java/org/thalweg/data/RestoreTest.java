package org.thalweg.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Dataset;
import org.thalweg.api.data.Transform;
import org.thalweg.api.tensor.Shape;

/** Every transform can be rebuilt from what it learned. */
class RestoreTest {
    private static final Dataset DATA = InMemory.of(
            ColumnValues.numbers("input", Shape.of(2), new double[] {1, 0.1, 2, 0.7, 4, 1e-3}),
            ColumnValues.integers("target", Shape.scalar(), new int[] {0, 2, 1}));

    @Test
    @DisplayName("what was learned is the statistics that the formulas name")
    void learned() {
        assertEquals("{max=[4.0, 0.7], min=[1.0, 0.001], shape=[2.0]}", text(new Normalise(0, 1, "input").fit(DATA).learned()));
        assertEquals("{classes=[3.0]}", text(new OneHot("target", Optional.empty()).fit(DATA).learned()));
        assertEquals("{}", text(new Scale(1, 0, "input").fit(DATA).learned()));
        assertEquals("{fill=[2.0, 0.1], shape=[2.0]}",
                text(new FillMissing(FillMissing.Kind.MEDIAN, Optional.empty(), "input").fit(DATA).learned()));
        assertEquals("[deviation, mean, shape]", new TreeMap<>(new Standardise("input").fit(DATA).learned()).keySet().toString());
    }

    @Test
    @DisplayName("numbers that no such transform learns are an error that names them")
    void wrongNumbers() {
        Standardise standardise = new Standardise("input");
        assertEquals("standardise cannot be restored: 'shape' must be the extents of a row, but is null; fit it to the training data again",
                message(standardise, Map.of()));
        assertEquals("standardise cannot be restored: 'mean' must be 2 finite numbers for rows of shape [2]; fit it to the training data again",
                message(standardise, Map.of("shape", new double[] {2}, "mean", new double[] {1}, "deviation", new double[] {1, 1})));
        assertEquals("one-hot cannot be restored: 'classes' must be one whole number above 0, but is [0.5]; fit it to the training data again",
                message(new OneHot("target", Optional.empty()), Map.of("classes", new double[] {0.5})));
    }

    @Test
    @DisplayName("a transform of somebody else that cannot be restored says so")
    void cannotBeRestored() {
        record Untouched() implements Transform {
            @Override
            public Fitted fit(Dataset training) {
                return data -> data;
            }
        }
        assertEquals(Map.of(), new Untouched().fit(DATA).learned());
        assertEquals("the transform Untouched cannot be restored from what it had learned; fit it to the training data, or implement "
                + "Transform.restore and Transform.Fitted.learned", message(new Untouched(), Map.of()));
    }

    private static String message(Transform transform, Map<String, double[]> learned) {
        return assertThrows(DataException.class, () -> transform.restore(learned)).getMessage();
    }

    private static String text(Map<String, double[]> learned) {
        TreeMap<String, String> texts = new TreeMap<>();
        learned.forEach((name, numbers) -> texts.put(name, Arrays.toString(numbers)));
        return texts.toString();
    }
}
