package org.thalweg.app.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.thalweg.api.data.Column;
import org.thalweg.api.data.Feature;
import org.thalweg.api.data.Schema;
import org.thalweg.api.data.Transform;
import org.thalweg.api.settings.Settings;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model must know of the data that it was trained on to be given other data.
 *
 * @param schema the columns before any transform
 * @param features how columns were read from texts, if they were
 * @param learned what each transform learned from the training data, in order
 */
record DataSummary(Schema schema, Map<String, List<Feature>> features, List<Map<String, double[]>> learned) {
    /** The summary of opened data. */
    static DataSummary of(RunData data) {
        return new DataSummary(data.schema(), data.features(), data.fitted().stream().map(Transform.Fitted::learned).toList());
    }

    /** As JSON values. */
    Map<String, Object> toJson() {
        List<Object> columns = new ArrayList<>();
        for (Column column : schema.columns()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("name", column.name());
            entry.put("dtype", Settings.kebab(column.dtype()));
            entry.put("shape", column.shape().toArray());
            entry.put("categories", column.categories());
            entry.put("features", features.get(column.name()).stream().map(DataSummary::toJson).toList());
            columns.add(entry);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("columns", columns);
        all.put("transforms", learned);
        return all;
    }

    private static Map<String, Object> toJson(Feature feature) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", feature.name());
        entry.put("kind", Settings.kebab(feature.kind()));
        entry.put("categories", feature.categories());
        entry.put("missing", feature.missing());
        entry.put("mayBeMissing", feature.mayBeMissing());
        return entry;
    }

    private static Feature feature(JsonNode entry) {
        return new Feature(entry.required("name").stringValue(), Feature.Kind.valueOf(entry.required("kind").stringValue().toUpperCase(Locale.ROOT).replace('-', '_')),
                texts(entry.required("categories")), texts(entry.required("missing")), entry.required("mayBeMissing").booleanValue());
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }

    /** Reads what {@link #toJson()} gave. */
    static DataSummary read(Path file) throws IOException {
        try {
            JsonNode root = JsonMapper.shared().readTree(file.toFile());
            List<Column> columns = new ArrayList<>();
            Map<String, List<Feature>> features = new LinkedHashMap<>();
            for (JsonNode entry : root.required("columns")) {
                columns.add(new Column(entry.required("name").stringValue(),
                        DType.valueOf(entry.required("dtype").stringValue().toUpperCase(Locale.ROOT)),
                        Shape.of(entry.required("shape").valueStream().mapToInt(JsonNode::intValue).toArray()),
                        texts(entry.required("categories"))));
                features.put(columns.getLast().name(), entry.required("features").valueStream().map(DataSummary::feature).toList());
            }
            List<Map<String, double[]>> learned = new ArrayList<>();
            for (JsonNode transform : root.required("transforms")) {
                Map<String, double[]> numbers = new LinkedHashMap<>();
                transform.propertyStream().forEach(entry ->
                        numbers.put(entry.getKey(), entry.getValue().valueStream().mapToDouble(JsonNode::doubleValue).toArray()));
                learned.add(numbers);
            }
            return new DataSummary(new Schema(columns), features, learned);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(file + " is not what 'thalweg train' has written there: train again", e);
        }
    }
}
