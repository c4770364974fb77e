package org.thalweg.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.thalweg.api.data.DataException;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.loss.LossInputs;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.api.tensor.ShapeException;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.testkit.LossTrace;
import org.thalweg.testkit.Registrations;

/** A mistake in the inputs is named, with the loss, the input and both shapes or the value; nothing is ever broadcast. */
class BadInputTest {
    private static final double NAN = Double.NaN;
    private static final List<String> CLASS_NUMBERS_ONLY = List.of("nll", "bits-per-symbol", "multi-margin", "multi-label-margin");

    @TestFactory
    Stream<DynamicTest> aSecondInputOfAnotherShapeIsNamedWithBothShapes() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : Registrations.of(new LossPlugin()).names(Loss.class)) {
            if (!name.equals("ctc")) {
                for (Shape wrong : List.of(Shape.of(4, 2), Shape.of(1, 3), Shape.of(2), Shape.of(3), Shape.scalar(), Shape.of(4, 3, 1))) {
                    tests.add(DynamicTest.dynamicTest(name + " with " + wrong, () -> namesBothShapes(name, wrong)));
                }
            }
        }
        return tests.stream();
    }

    private static void namesBothShapes(String name, Shape wrong) {
        Loss loss = loss(name);
        Graph graph = new Graph();
        Map<String, Tensor> inputs = new java.util.LinkedHashMap<>();
        String second = loss.inputs().get(1);
        for (String input : loss.inputs()) {
            DType dtype = input.equals(second) && CLASS_NUMBERS_ONLY.contains(name) ? DType.INT32 : DType.FLOAT64;
            inputs.put(input, graph.input(input, input.equals(second) ? wrong : Shape.of(4, 3), dtype));
        }
        String message = assertThrows(ShapeException.class, () -> loss.elements(new LossInputs(name, inputs))).getMessage();
        assertTrue(message.startsWith(name + ": "), message);
        assertTrue(message.contains("'" + second + "'"), message);
        assertTrue(message.contains("[4, 3]") || message.contains("[4]"), message);
        assertTrue(message.contains(wrong.toString()), message);
    }

    @Test
    void targetsThatAreNotPlusOrMinusOneMakeTheirElementNotANumber() {
        for (String name : List.of("hinge", "squared-hinge", "soft-margin", "hinge-embedding")) {
            double[] value = new LossTrace(elementwise(name)).with("input", Shape.of(3), 0.25, 0.5, 0.5).with("target", Shape.of(3), 1, 0, 2).value();
            assertTrue(Double.isFinite(value[0]) && Double.isNaN(value[1]) && Double.isNaN(value[2]), name);
        }
        double[] ranking = new LossTrace(elementwise("margin-ranking")).with("input1", Shape.of(2), 0, 0).with("input2", Shape.of(2), 1, 1)
                .with("target", Shape.of(2), 1, 0.5).value();
        assertArrayEquals(new double[] {1, NAN}, ranking);
        double[] cosine = new LossTrace(elementwise("cosine-embedding")).with("input1", Shape.of(2, 1), 1, 1).with("input2", Shape.of(2, 1), 1, 1)
                .with("target", Shape.of(2), -1, 0).value();
        assertArrayEquals(new double[] {1, NAN}, cosine, 1e-11);
        double[] focal = new LossTrace(elementwise("focal")).with("input", Shape.of(2), 0, 0).with("target", Shape.of(2), 0.5, -1).value();
        assertArrayEquals(new double[] {NAN, NAN}, focal);
    }

    @Test
    void classesThatDoNotExistMakeTheirElementNotANumber() {
        for (String name : List.of("nll", "bits-per-symbol", "multi-margin", "hinge", "squared-hinge", "focal")) {
            double[] value = new LossTrace(elementwise(name)).with("input", Shape.of(3, 2), -1, -2, -3, -4, -5, -6).whole("target", Shape.of(3), 1, 2, -1).value();
            assertTrue(Double.isFinite(value[0]) && Double.isNaN(value[1]) && Double.isNaN(value[2]), name);
        }
        double[] labels = new LossTrace(elementwise("multi-label-margin")).with("input", Shape.of(3, 2), 1, 2, 3, 4, 5, 6)
                .whole("target", Shape.of(3, 2), 0, -1, 2, -1, 0, -2).value();
        assertTrue(Double.isFinite(labels[0]) && Double.isNaN(labels[1]) && Double.isNaN(labels[2]));
    }

    @Test
    void aNegativeVarianceIsNotANumber() {
        double[] value = new LossTrace(elementwise("gaussian-nll")).with("input", Shape.of(2), 0, 0).with("target", Shape.of(2), 0, 0).with("var", Shape.of(2), 1, -1).value();
        assertArrayEquals(new double[] {0, NAN}, value, 1e-15);
    }

    @Test
    void ctcNamesLengthsThatExceedTheShapes() {
        assertEquals("this-loss: row 1 has the input length 4, but 'input' is [2, 3, 3]: it must be between 0 and 3", ctc(Shape.of(2, 2), new double[] {1, 2, 1, 2}, 3, 4, 2, 1));
        assertEquals("this-loss: row 0 has the target length 3, but 'target' is [2, 2]: it must be between 0 and 2", ctc(Shape.of(2, 2), new double[] {1, 2, 1, 2}, 3, 3, 3, 1));
        assertEquals("this-loss: row 0 has the input length -1, but 'input' is [2, 3, 3]: it must be between 0 and 3", ctc(Shape.of(2, 2), new double[] {1, 2, 1, 2}, -1, 3, 2, 1));
        assertEquals("this-loss: the target lengths add up to 3, but 'target' is [4]", ctc(Shape.of(4), new double[] {1, 2, 1, 2}, 3, 3, 2, 1));
        assertEquals("this-loss: row 1 has the target length 3, but 'target' is [4]: it must be between 0 and 2", ctc(Shape.of(4), new double[] {1, 2, 1, 2}, 3, 3, 2, 3));
    }

    @Test
    void ctcNamesSymbolsThatCannotBe() {
        assertEquals(
                "this-loss: 'target' has the symbol 3 in row 1, but there are 0 to 2, of which 0 is the blank",
                ctc(Shape.of(2, 2), new double[] {1, 2, 3, 2}, 3, 3, 2, 1));
        assertEquals(
                "this-loss: 'target' has the symbol 0 in row 0, but there are 0 to 2, of which 0 is the blank",
                ctc(Shape.of(2, 2), new double[] {0, 2, 1, 2}, 3, 3, 2, 1));
    }

    private static String ctc(Shape target, double[] symbols, double... lengths) {
        LossTrace trace = new LossTrace(loss("ctc")).with("input", Shape.of(2, 3, 3), new double[18]).whole("target", target, symbols)
                .whole("inputLengths", Shape.of(2), lengths[0], lengths[1]).whole("targetLengths", Shape.of(2), lengths[2], lengths[3]);
        return assertThrows(DataException.class, trace::value).getMessage();
    }

    @Test
    void ctcNamesShapesThatDoNotFit() {
        assertEquals("this-loss: 'input' must be [rows, time, symbols], but has the shape [2, 3]", ctcShapes(Shape.of(2, 3), Shape.of(2, 2), Shape.of(2)));
        assertEquals(
                "this-loss: 'target' must be [rows, symbols] with 2 rows, as 'input' is [2, 3, 3], or the symbols of all rows one after another;"
                        + " but its shape is [3, 2]",
                ctcShapes(Shape.of(2, 3, 3), Shape.of(3, 2), Shape.of(2)));
        assertEquals("this-loss: 'inputLengths' must have the shape [2], but has [3]", ctcShapes(Shape.of(2, 3, 3), Shape.of(2, 2), Shape.of(3)));
        assertEquals(
                "this-loss: blank is 0, but 'input' has the symbols 0 to -1: its shape is [2, 3, 0]",
                ctcShapes(Shape.of(2, 3, 0), Shape.of(2, 2), Shape.of(2)));
    }

    private static String ctcShapes(Shape input, Shape target, Shape lengths) {
        LossTrace trace = new LossTrace(loss("ctc")).with("input", input).whole("target", target).whole("inputLengths", lengths).whole("targetLengths", lengths);
        return assertThrows(ShapeException.class, trace::traced).getMessage();
    }

    private static Loss loss(String name) {
        return (Loss) Settings.of(Registrations.of(new LossPlugin()).settings(Loss.class, name), Map.of());
    }

    private static Loss elementwise(String name) {
        return (Loss) Settings.of(Registrations.of(new LossPlugin()).settings(Loss.class, name), Map.of("reduction", "none"));
    }
}
