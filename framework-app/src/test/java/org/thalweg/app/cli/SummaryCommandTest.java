package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the layers of a model are said to be. */
class SummaryCommandTest {
    private static final String IRIS = "examples/iris.yaml";

    @Test
    void layers_are_listed_with_shapes_parameters_and_multiply_adds() {
        InProcess outcome = InProcess.run("summary", IRIS);

        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.code());
        // 4 x 16 + 16 and 16 x 3 + 3 parameters; 16 rows x 4 x 16 and 16 x 16 x 3 products.
        assertEquals(List.of(
                "iris: a batch of 16 rows, input [16, 4]",
                "",
                "layer         kind   output    parameters  multiply-adds",
                "0             dense  [16, 16]          80          1,024",
                "0.activation  tanh   [16, 16]           0              0",
                "1             dense  [16, 3]           51            768",
                "total                                 131          1,792",
                "",
                "memory in training: 4.1 kB at least (weights 524 B, gradients 524 B, optimizer 524 B, batch 320 B, outputs of the layers 2.2 kB)"),
                outcome.out());
    }

    @Test
    void the_batch_can_be_chosen_and_settings_changed() {
        InProcess outcome = InProcess.run("summary", IRIS, "--batch", "2", "--set", "model[0].units=8");

        assertEquals(0, outcome.code());
        assertTrue(outcome.out().contains("0             dense  [2, 8]          40             64"), String.join("\n", outcome.out()));
    }

    @Test
    void shapes_that_do_not_fit_are_shown_as_in_training() {
        InProcess outcome = InProcess.run("summary", IRIS, "--set", "loss=mse");

        assertEquals(2, outcome.code());
        assertEquals(1, outcome.err().size());
        assertTrue(outcome.err().getFirst().startsWith("--set loss=mse: loss: "), outcome.err().getFirst());
    }

    @Test
    void a_batch_without_rows_is_wrong_usage() {
        InProcess outcome = InProcess.run("summary", IRIS, "--batch", "0");

        assertEquals(2, outcome.code());
        assertEquals(List.of("thalweg summary: --batch must be at least 1, but is 0; 'thalweg summary --help' shows how to use it"), outcome.err());
    }

    @Test
    void a_convolution_counts_the_products_of_every_position() {
        InProcess outcome = InProcess.run("summary", "examples/digits.yaml", "--batch", "2", "--set",
                "model=[{type: reshape, extents: [1, 8, 8]}, {type: conv2d, channels: 3, size: 3}, flatten, {type: dense, units: 10}]");

        assertEquals(0, outcome.code(), outcome.err()::toString);
        // 2 rows x 3 channels x 6 x 6 positions x 3 x 3 products.
        assertTrue(outcome.out().stream().anyMatch(line -> line.matches("1 +conv2d +\\[2, 3, 6, 6\\] +30 +1,944")), outcome.out()::toString);
    }
}
