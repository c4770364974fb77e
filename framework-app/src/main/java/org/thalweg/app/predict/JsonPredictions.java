package org.thalweg.app.predict;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.DataException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adds answers to the lines of a JSON Lines file: objects with the features by name, objects with the numbers of a column in a list of its name, as
 * {@code input}, or lists alone. Holds one batch at a time.
 */
final class JsonPredictions {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final String file;
    private final FeatureChoice choice;
    private final Answers answers;
    private final boolean scores;
    private final List<ObjectNode> batch = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private long rows;

    JsonPredictions(String file, FeatureChoice choice, Answers answers, boolean scores) {
        this.file = file;
        this.choice = choice;
        this.answers = answers;
        this.scores = scores;
    }

    /** Copies the lines with their answers; the number of lines. */
    long copy(Reader in, Writer out) throws IOException {
        BufferedReader lines = new BufferedReader(in);
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                add(line, file + ":" + number, out);
            }
        }
        flush(out);
        out.flush();
        if (rows == 0) {
            throw new DataException(file + " has no rows: give it one JSON object a line");
        }
        return rows;
    }

    private void add(String line, String place, Writer out) throws IOException {
        JsonNode row = parsed(line, place);
        double[] numbers = numbers(row, place);
        answers.set(batch.size(), numbers);
        places.add(place);
        batch.add(row instanceof ObjectNode object ? object : JSON.createObjectNode().set(Column.INPUT, row));
        if (batch.size() == answers.batch()) {
            flush(out);
        }
    }

    private static JsonNode parsed(String line, String place) {
        try {
            JsonNode row = JSON.readTree(line);
            if (row.isObject() || row.isArray()) {
                return row;
            }
        } catch (JacksonException e) {
            throw new DataException(place + ": is not JSON: " + e.getOriginalMessage(), e);
        }
        throw new DataException(place + ": must be a JSON object or a list, as {\"input\": [5.1, 3.5]}");
    }

    /** A value with the name under which it stands. */
    private record Value(String name, JsonNode value) {}

    private double[] numbers(JsonNode row, String place) {
        List<Value> values = new ArrayList<>();
        if (row.isArray()) {
            flatten(row, Column.INPUT, values);
        } else {
            List<String> names = List.copyOf(row.propertyNames());
            choice.groups().forEach(group -> add(group, row, names, place, values));
        }
        if (values.size() != choice.size()) {
            throw wrongCount(values.size(), "", place, "the features of the training data in their order");
        }
        return choice.encode(values.stream().map(value -> text(value.value())).toList(),
                (feature, what) -> new DataException(place + ": '" + values.get(feature).name() + "' " + what.getMessage(), what));
    }

    private void add(FeatureGroup group, JsonNode row, List<String> names, String place, List<Value> values) {
        int before = values.size();
        choice.namesAmong(group, names, place).forEach(name -> flatten(row.path(name), name, values));
        int count = values.size() - before;
        if (choice.groups().size() > 1 && count != group.features().size()) {
            throw wrongCount(count, " for '" + group.column() + "'", place, "each column by its name, as {\"" + group.column() + "\": ...}");
        }
    }

    private DataException wrongCount(int count, String what, String place, String remedy) {
        return new DataException(place + ": there " + (count == 1 ? "is 1 value" : "are " + count + " values") + what + ", but the model takes "
                + choice.described() + "; give it " + remedy);
    }

    private static String text(JsonNode value) {
        return value.isNull() ? "" : value.isContainer() ? value.toString() : value.asString();
    }

    private static void flatten(JsonNode value, String name, List<Value> values) {
        if (value.isArray()) {
            value.forEach(element -> flatten(element, name, values));
        } else {
            values.add(new Value(name, value));
        }
    }

    private void flush(Writer out) throws IOException {
        if (batch.isEmpty()) {
            return;
        }
        List<Answer> given = answers.answer(batch.size(), places::get);
        for (int i = 0; i < given.size(); i++) {
            out.write(JSON.writeValueAsString(with(batch.get(i), given.get(i))));
            out.write('\n');
        }
        rows += batch.size();
        batch.clear();
        places.clear();
    }

    private ObjectNode with(ObjectNode row, Answer answer) {
        if (!answers.isClass()) {
            ArrayNode numbers = JSON.createArrayNode();
            for (double number : answer.numbers()) {
                numbers.addPOJO(answers.shown(number));
            }
            return row.set("prediction", numbers.size() == 1 ? numbers.get(0) : numbers);
        }
        row.put("prediction", answer.classes());
        row.putPOJO(answers.certainty(), answers.shown(answer.certainty()));
        if (scores) {
            ObjectNode all = row.putObject("scores");
            for (int i = 0; i < answer.numbers().length; i++) {
                all.putPOJO(answers.names().get(i), answers.shown(answer.numbers()[i]));
            }
        }
        return row;
    }
}
