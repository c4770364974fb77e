package org.thalweg.app.pipeline;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.thalweg.api.data.Column;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.settings.Suggestion;

/** The columns that one model is applied to, each with the same parameters: the results are the loss's inputs of the same names. */
public final class ModelInputs {
    private ModelInputs() {}

    /**
     * What is wrong with the columns' names.
     *
     * @param columns that were named; none where the model is applied to {@code input} alone
     * @param lossName what messages call the loss
     */
    public static Optional<String> problem(List<String> columns, String lossName, Loss loss) {
        if (columns.isEmpty() || columns.equals(List.of(Column.INPUT))) {
            return Optional.empty();
        }
        String inputs = "the loss " + lossName + " has the inputs " + loss.inputs();
        for (String column : columns) {
            if (!loss.inputs().contains(column)) {
                return Optional.of("names the column '" + column + "', but " + inputs + "; " + Suggestion.forName(column, loss.inputs()));
            }
        }
        if (new HashSet<>(columns).size() < columns.size()) {
            return Optional.of("names a column twice: " + columns + "; name each once");
        }
        return columns.size() > 1 ? Optional.empty() : Optional.of("names one column, '" + columns.getFirst() + "'; " + inputs
                + ": name two of them or more, or leave it out to apply the model to 'input'");
    }

    /** The loss's input that each column becomes, in order; the first one alone where none is named, whatever its name. */
    static Map<String, String> of(List<String> columns, Loss loss) {
        if (columns.isEmpty()) {
            return Map.of(Column.INPUT, loss.inputs().getFirst());
        }
        Map<String, String> inputs = new LinkedHashMap<>();
        columns.forEach(column -> inputs.put(column, columns.size() == 1 ? loss.inputs().getFirst() : column));
        return inputs;
    }
}
