package org.thalweg.app.predict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thalweg.api.data.DataException;
import org.thalweg.api.data.Feature;
import org.thalweg.api.settings.Suggestion;

/** Which columns of a file go into the model, and how their texts become numbers. */
public final class FeatureChoice {
    private final List<FeatureGroup> groups;
    private final Optional<String> target;
    private final List<Feature> features;
    private final int width;

    /**
     * A choice.
     *
     * @param groups what the model takes, in order
     * @param target the name of the column that is to be predicted, which the file may have as well
     */
    public FeatureChoice(List<FeatureGroup> groups, Optional<String> target) {
        this.groups = List.copyOf(groups);
        this.target = target;
        features = groups.stream().flatMap(group -> group.features().stream()).toList();
        width = features.stream().mapToInt(Feature::width).sum();
    }

    List<FeatureGroup> groups() {
        return groups;
    }

    /** How many features a row has. */
    int size() {
        return features.size();
    }

    /**
     * The places of the features: by name where both the training data and the file have names. The others are what is left, in order.
     *
     * @param names the file's columns; empty where it has no header
     * @param columns how many
     * @param place of the first line, for messages
     */
    int[] of(List<String> names, int columns, String place) {
        List<String> wanted = features.stream().map(Feature::name).filter(name -> !name.isEmpty() && !names.isEmpty()).toList();
        wanted.forEach(name -> requireOne(name, names, place));
        int[] rest = IntStream.range(0, columns)
                .filter(column -> names.isEmpty() || !wanted.contains(names.get(column)) && !target.equals(Optional.of(names.get(column))))
                .toArray();
        int open = size() - wanted.size();
        if (open > 0 && rest.length != open) {
            throw new DataException(place + ": there are " + columns + (columns == 1 ? " column" : " columns") + ", but the model takes " + described()
                    + "; give it the columns of the training data's features in their order" + (areNamed() ? ", or a header with their names: "
                    + features.stream().map(Feature::name).collect(Collectors.joining(", ")) : ""));
        }
        int[] places = new int[size()];
        int next = 0;
        for (int i = 0; i < places.length; i++) {
            String name = features.get(i).name();
            places[i] = wanted.contains(name) ? names.indexOf(name) : rest[next++];
        }
        return places;
    }

    private void requireOne(String name, List<String> names, String place) {
        int count = Collections.frequency(names, name);
        if (count != 1) {
            throw new DataException(place + (count > 1
                    ? ": " + count + " columns are called '" + name + "', which is a feature; give the others another name"
                    : ": there is no '" + name + "', which is a feature; " + Suggestion.forName(name, names)));
        }
    }

    private boolean areNamed() {
        return features.stream().noneMatch(feature -> feature.name().isEmpty());
    }

    /** As in {@code 4 values a row (3 of 'input', 1 of 'colour')}. */
    String described() {
        String columns = groups.stream().map(group -> group.features().size() + " of '" + group.column() + "'").collect(Collectors.joining(", "));
        return size() + (size() == 1 ? " value" : " values") + " a row" + (groups.size() == 1 ? "" : " (" + columns + ")");
    }

    /**
     * The names that a record uses for the features of a group: the features' own, or the column's; if they have no names, all that nothing else uses.
     *
     * @param names that the record has
     * @param place of the record, for messages
     */
    List<String> namesAmong(FeatureGroup group, List<String> names, String place) {
        if (names.contains(group.column()) && !names.containsAll(group.names())) {
            return List.of(group.column());
        }
        if (!group.names().contains("")) {
            group.names().forEach(name -> requireOne(name, names, place));
            return group.names();
        }
        List<String> others = new ArrayList<>(names);
        target.ifPresent(others::remove);
        groups.stream().filter(other -> other != group).forEach(other -> {
            others.remove(other.column());
            others.removeAll(other.names());
        });
        return others;
    }

    /** What is wrong with the text of a feature. */
    interface Wrong {
        DataException at(int feature, DataException what);
    }

    /** The numbers of a row of texts, one for each feature. */
    double[] encode(List<String> texts, Wrong wrong) {
        double[] numbers = new double[width];
        int at = 0;
        for (int i = 0; i < texts.size(); i++) {
            try {
                features.get(i).encode(texts.get(i), numbers, at);
            } catch (DataException what) {
                throw wrong.at(i, what);
            }
            at += features.get(i).width();
        }
        return numbers;
    }

    /** Whether texts are a row, and no header. */
    boolean isRow(List<String> texts) {
        try {
            return texts.size() == size() && encode(texts, (_, what) -> what).length > 0;
        } catch (DataException header) {
            return false;
        }
    }
}
