package org.thalweg.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The answers of trained models to files. */
class PredictCommandTest {
    @TempDir
    Path folder;

    @Test
    void classes_are_named_with_their_probability_and_the_header_is_kept() throws IOException {
        train("iris.yaml", "--set", "training.epochs=30");
        List<String> answers = predict("in.csv", """
                sepal length,sepal width,petal length,petal width
                5.1,3.5,1.4,0.2
                7.0,3.2,4.7,1.4

                6.3,3.3,6.0,2.5
                """);

        assertEquals("sepal length,sepal width,petal length,petal width,prediction,probability", answers.getFirst());
        assertTrue(answers.get(1).startsWith("5.1,3.5,1.4,0.2,setosa,0.9"), answers.toString());
        assertTrue(answers.get(2).startsWith("7.0,3.2,4.7,1.4,versicolor,0."), answers.toString());
        assertTrue(answers.get(3).startsWith("6.3,3.3,6.0,2.5,virginica,0.9"), answers.toString());
        assertEquals(4, answers.size());
    }

    @Test
    void answers_do_not_depend_on_the_batch_or_on_a_header() throws IOException {
        train("iris.yaml", "--set", "training.epochs=2");
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 37; i++) {
            rows.append(4 + i * 0.1).append(",3,").append(1 + i * 0.15).append(",1\n");
        }
        List<String> one = predict("in.csv", rows.toString(), "--scores");
        List<String> other = predict("in.csv", rows.toString(), "--scores", "--set", "data.batchSize=5");

        assertEquals(37, one.size());
        assertEquals(9, one.getFirst().split(",").length);
        assertEquals(one, other);
    }

    /** The input is a pipe that stays open until answers have been written. */
    @Test
    void answers_are_written_while_the_input_is_still_being_read() throws Exception {
        train("iris.yaml", "--set", "training.epochs=1");
        Path pipe = folder.resolve("in.csv");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "this system has no named pipes");
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<InProcess> predicting = other.submit(() -> run("in.csv"));
            try (BufferedWriter rows = Files.newBufferedWriter(pipe)) {
                for (long written = 0; written == 0 && !predicting.isDone(); written = answered()) {
                    rows.write("5.1,3.5,1.4,0.2\n".repeat(1000));
                }
                assertFalse(predicting.isDone());
            }
            assertEquals(0, predicting.get().code());
        }
    }

    private long answered() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".part")).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void lines_of_json_are_objects_or_lists() throws IOException {
        train("iris.yaml", "--set", "training.epochs=30");
        List<String> answers = predict("in.jsonl", """
                {"id": 7, "input": [5.1, 3.5, 1.4, 0.2]}
                [6.3, 3.3, 6.0, 2.5]
                {"a": 7.0, "b": 3.2, "c": 4.7, "d": 1.4}
                """, "--scores");

        JsonNode first = JsonMapper.shared().readTree(answers.get(0));
        assertEquals(7, first.path("id").intValue());
        assertEquals("setosa", first.path("prediction").asString());
        assertEquals(first.path("probability").doubleValue(), first.path("scores").path("setosa").doubleValue());
        assertEquals("virginica", JsonMapper.shared().readTree(answers.get(1)).path("prediction").asString());
        assertEquals("versicolor", JsonMapper.shared().readTree(answers.get(2)).path("prediction").asString());
    }

    @Test
    void numbers_come_in_the_units_of_the_file() throws IOException {
        train("diabetes.yaml", "--set", "training.epochs=50");
        List<String> answers = predict("in.csv", "59,2,32.1,101,157,93.2,38,4,4.8598,87\n");

        double progression = Double.parseDouble(answers.getFirst().split(",")[10]);
        assertTrue(progression > 100 && progression < 300, answers.getFirst());
    }

    @Test
    void columns_are_found_by_the_names_that_the_configuration_gives() throws IOException {
        train("csv.yaml", "--set", "training.epochs=60");
        List<String> named = predict("in.csv", "driver,distance,speed\nme,0,10\n");
        List<String> alone = predict("in.csv", "10\n");

        assertEquals("driver,distance,speed,prediction", named.getFirst());
        assertEquals("me,0," + alone.getFirst(), named.get(1));
        assertWrong("typo.csv", "spede\n10\n", folder.resolve("typo.csv") + ":1: there is no 'speed', which is a feature; did you mean 'spede'; available: spede");
        assertWrong("twice.csv", "speed,speed\n1,2\n", folder.resolve("twice.csv") + ":1: 2 columns are called 'speed', which is a feature; "
                + "give the others another name");
        assertWrong("typo.jsonl", "{\"spede\": 10}\n", folder.resolve("typo.jsonl") + ":1: there is no 'speed', which is a feature; "
                + "did you mean 'spede'; available: spede");
    }

    @Test
    void a_header_with_the_names_of_the_training_file_in_another_order_is_matched_by_name() throws IOException {
        Files.writeString(folder.resolve("plane.csv"), "a,b,z\n1,0,1\n0,1,-1\n2,1,1\n1,3,-2\n");
        Files.writeString(folder.resolve("plane.yaml"), """
                data: {train: {type: csv, file: plane.csv, target: z, targetType: number}}
                model: {type: dense, units: 1}
                loss: mse
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 50}
                """);
        assertEquals(0, InProcess.run("train", folder.resolve("plane.yaml").toString(), "--run-folder", folder.resolve("run").toString()).code());

        double inOrder = last(predict("in.csv", "5,1\n").getFirst());
        assertEquals(4, inOrder, 0.5);
        assertEquals(inOrder, last(predict("in.csv", "a,b\n5,1\n").get(1)));
        assertEquals(inOrder, last(predict("in.csv", "b,a\n1,5\n").get(1)));
        assertEquals(inOrder, last(predict("in.csv", "b,z,a\n1,9,5\n").get(1)));
    }

    @Test
    void categories_dates_and_missing_values_are_taken_as_in_training() throws IOException {
        StringBuilder rows = new StringBuilder("colour,day,size,price\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i % 2 == 0 ? "red" : "blue").append(",2024-01-").append(i % 28 < 9 ? "0" : "").append(i % 28 + 1).append(',')
                    .append(i % 5 == 0 ? "?" : "" + i % 7).append(',').append((i % 2) * 10 + i % 7).append('\n');
        }
        Files.writeString(folder.resolve("shop.csv"), rows);
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                data:
                  train: {type: csv, file: shop.csv, target: price, targetType: number, types: {colour: class, day: date}, missing: ["?"], whenMissing: nan}
                  transforms: [{type: fill-missing, by: median}, standardise]
                model: {type: dense, units: 1}
                loss: mse
                optimizer: {type: sgd, learningRate: 0.1}
                training: {epochs: 60}
                """);
        assertEquals(0, InProcess.run("train", file.toString(), "--run-folder", folder.resolve("run").toString()).code());
        Files.delete(folder.resolve("shop.csv"));

        List<String> named = predict("in.csv", "size,day,colour\n3,2024-01-10,red\n3,2024-01-10,blue\n?,2024-01-10,blue\n,2024-01-10,blue\n");
        double red = last(named.get(1));
        double blue = last(named.get(2));
        assertEquals(10, blue - red, 1, named.toString());
        assertEquals(blue, last(named.get(3)), 1e-3, "the median is 3");
        assertEquals(last(named.get(3)), last(named.get(4)));
        assertEquals(red, last(predict("in.csv", "red,2024-01-10,3\n").getFirst()), "no header is needed where a row can be told");
        List<String> json = predict("in.jsonl", "{\"colour\": \"red\", \"day\": \"2024-01-10\", \"size\": 3}\n[\"blue\", \"2024-01-10\", null]\n");
        assertEquals(red, JsonMapper.shared().readTree(json.get(0)).path("prediction").doubleValue(), 1e-6);
        assertEquals(blue, JsonMapper.shared().readTree(json.get(1)).path("prediction").doubleValue(), 1e-3);

        Path in = folder.resolve("in.csv");
        Files.delete(folder.resolve("out-in.csv"));
        assertWrong("in.csv", "colour,day,size\ngreen,2024-01-10,3\n", in + ":2: column 1 is 'green', which is none of the training data's categories "
                + "[blue, red]; correct it, or leave the row out");
        assertWrong("in.csv", "colour,day,size\nred,yesterday,3\n", in + ":2: column 2 is 'yesterday', which is no date such as 2024-02-29 or "
                + "2024-02-29T12:30; correct it, or leave the row out");
        assertWrong("in.csv", "colour,day,size\nred,2024-01-10,1e999\n", in + ":2: the answer is not a number: "
                + "a value is missing that no transform fills, or is too large; correct the row, or leave it out");
    }

    private static double last(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
    }

    @Test
    void yes_or_no_questions_have_the_probability_of_the_answer() throws IOException {
        train("breast-cancer.yaml", "--set", "training.epochs=1");
        List<String> answers = predict("in.csv", "1,".repeat(29) + "1\n", "--scores");
        String[] cells = answers.getFirst().split(",");

        assertEquals(34, cells.length);
        assertTrue(List.of("malignant", "benign").contains(cells[30]), cells[30]);
        assertTrue(Double.parseDouble(cells[31]) >= 0.5, cells[31]);
        assertEquals(1, Double.parseDouble(cells[32]) + Double.parseDouble(cells[33]), 1e-6);
    }

    @Test
    void a_model_that_asks_for_further_columns_is_given_them_by_name_and_categories_by_theirs() throws IOException {
        StringBuilder rows = new StringBuilder("colour,size,weight,price\n");
        for (int i = 0; i < 40; i++) {
            rows.append(i % 2 == 0 ? "red" : "blue").append(',').append(i).append(',').append(i % 7).append(',').append(i % 2 == 0 ? 50 : 0).append('\n');
        }
        Files.writeString(folder.resolve("prices.csv"), rows.toString());
        Files.writeString(folder.resolve("prices.yaml"), """
                data:
                  train: {type: csv, file: prices.csv, target: price, targetType: number, features: [size, weight], columns: {colour: colour}, types: {colour: class}}
                  transforms: [{type: standardise, column: input}]
                  batchSize: 8
                model:
                  type: graph
                  nodes:
                    numbers: {layer: {type: dense, units: 4}}
                    colours: {from: colour, layer: {type: embedding, vocabulary: 2, units: 4}}
                    price: {from: [numbers, colours], layer: {type: dense, units: 1}}
                loss: mse
                optimizer: {type: adam, learningRate: 0.1}
                training: {epochs: 60}
                """);
        assertEquals(List.of(), InProcess.run("train", folder.resolve("prices.yaml").toString(), "--run-folder", folder.resolve("run").toString()).err());

        List<String> csv = predict("in.csv", "weight,colour,size\n3,red,10\n3,blue,10\n");
        double red = Double.parseDouble(csv.get(1).split(",")[3]);
        double blue = Double.parseDouble(csv.get(2).split(",")[3]);
        assertTrue(red > 40 && blue < 10, csv.toString());
        List<String> json = predict("in.jsonl", "{\"weight\": 3, \"size\": 10, \"colour\": \"red\"}\n{\"input\": [10, 3], \"colour\": 0}\n");
        assertEquals(red, JsonMapper.shared().readTree(json.get(0)).path("prediction").doubleValue());
        assertEquals(blue, JsonMapper.shared().readTree(json.get(1)).path("prediction").doubleValue());
        assertWrong("few.csv", "1,2\n", folder.resolve("few.csv") + ":1: there are 2 columns, but the model takes 3 values a row (2 of 'input', 1 of 'colour'); "
                + "give it the columns of the training data's features in their order, or a header with their names: size, weight, colour");
    }

    @Test
    void a_model_of_several_columns_answers_the_first_with_its_output() throws IOException {
        train("digits-triplets.yaml", "--set", "training.epochs=1", "--set", "model[2].units=3");
        List<String> answers = predict("in.csv", "1,".repeat(63) + "1\n");
        assertEquals(64 + 3, answers.getFirst().split(",").length);
    }

    @Test
    void what_is_wrong_is_said_with_its_line_and_nothing_is_written() throws IOException {
        train("iris.yaml", "--set", "training.epochs=1");
        Path in = folder.resolve("in.csv");
        assertWrong("in.csv", "a,b,c,d\n1,2,3,4\n1,2,x,4\n", in + ":3: column 3 is 'x', which is no number; correct it, or leave the row out");
        assertWrong("in.csv", "a,b,c,d\n1,2,,4\n", in + ":2: column 3 is empty, but the training data had no missing values there; fill it in, or leave the row out");
        assertWrong("in.csv", "1,2,3,4\n1,2,3\n", in + ":2: 3 values, but the first line has 4; correct the row");
        assertWrong("in.csv", "1,2,3\n", in + ":1: there are 3 columns, but the model takes 4 values a row; give it the columns of the training data's "
                + "features in their order");
        assertWrong("in.csv", "", in + " has no rows: give it one row a line, with or without a header");
        Path json = folder.resolve("in.jsonl");
        assertWrong("in.jsonl", "[1,2,3,4]\n[1,2,3]\n", json + ":2: there are 3 values, but the model takes 4 values a row; give it the features of the training "
                + "data in their order");
        assertWrong("in.jsonl", "{\"input\": [1, 2, \"x\", 4]}\n", json + ":1: 'input' is 'x', which is no number; correct it, or leave the row out");
        assertWrong("in.txt", "1\n", folder.resolve("in.txt") + " is of no format that predict knows: its name must end in .csv, .jsonl or .ndjson");
    }

    private void assertWrong(String name, String content, String sentence) throws IOException {
        Files.writeString(folder.resolve(name), content);
        InProcess outcome = run(name);
        assertEquals(List.of(sentence), outcome.err());
        assertEquals(2, outcome.code());
        assertFalse(Files.exists(folder.resolve("out-" + name)), "nothing is written");
        try (var files = Files.list(folder)) {
            assertTrue(files.noneMatch(file -> file.toString().endsWith(".part")), "nothing is left");
        }
    }

    private List<String> predict(String name, String content, String... more) throws IOException {
        Files.writeString(folder.resolve(name), content);
        InProcess outcome = run(name, more);
        assertEquals(List.of(), outcome.err());
        assertEquals(0, outcome.code());
        return Files.readAllLines(folder.resolve("out-" + name));
    }

    private InProcess run(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of("predict", folder.resolve("run").toString(), "--input", folder.resolve(name).toString(), "--output",
                folder.resolve("out-" + name).toString()));
        arguments.addAll(List.of(more));
        return InProcess.run(arguments.toArray(String[]::new));
    }

    private void train(String example, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "examples/" + example, "--run-folder", folder.resolve("run").toString()));
        arguments.addAll(List.of(more));
        assertEquals(0, InProcess.run(arguments.toArray(String[]::new)).code());
    }
}
