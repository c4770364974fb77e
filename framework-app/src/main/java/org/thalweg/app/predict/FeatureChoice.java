package org.thalweg.app.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.thalweg.api.data.DataException;

/**
 * Which columns of a file go into the model.
 *
 * @param groups what the model takes, in order
 * @param target the name of the column that is to be predicted, which the file may have as well
 */
public record FeatureChoice(List<Group> groups, Optional<String> target) {
    /**
     * The features that make one column of the data.
     *
     * @param column its name
     * @param width how many numbers
     * @param names of the features in the order of training; empty where the configuration names none
     * @param categories where the one number is that of a category: their names
     */
    public record Group(String column, int width, List<String> names, List<String> categories) {
        /** Copies the lists; names that do not say what each number is say nothing. */
        public Group {
            names = names.size() == width ? List.copyOf(names) : List.of();
            categories = List.copyOf(categories);
        }
    }

    /** Copies the list. */
    public FeatureChoice {
        groups = List.copyOf(groups);
    }

    /** How many numbers the model takes. */
    int width() {
        return groups.stream().mapToInt(Group::width).sum();
    }

    /**
     * The number of a category; nothing if the text names none, or the number at this place is no category's.
     *
     * @param place among all numbers of a row
     */
    Optional<Integer> category(int place, String text) {
        int first = 0;
        for (Group group : groups) {
            if (place < first + group.width()) {
                return Optional.of(group.categories().indexOf(text)).filter(number -> number >= 0);
            }
            first += group.width();
        }
        return Optional.empty();
    }

    /**
     * The places of the features.
     *
     * @param names the file's columns; empty where it has no header
     * @param columns how many
     * @param place of the first line, for messages
     */
    int[] of(List<String> names, int columns, String place) {
        Optional<List<String>> chosen = chosen(names);
        if (chosen.isPresent()) {
            return chosen.get().stream().mapToInt(names::indexOf).toArray();
        }
        int width = width();
        if (columns == width && target.map(names::indexOf).orElse(-1) < 0) {
            return IntStream.range(0, columns).toArray();
        }
        if (columns == width + 1 && target.isPresent() && names.contains(target.get())) {
            return IntStream.range(0, columns).filter(column -> column != names.indexOf(target.get())).toArray();
        }
        List<String> known = groups.stream().flatMap(group -> group.names().stream()).toList();
        throw new DataException(place + ": there are " + columns + (columns == 1 ? " column" : " columns") + ", but the model takes " + width
                + (width == 1 ? " number" : " numbers") + " a row" + (groups.size() == 1 ? "" : " (" + described() + ")")
                + "; give it the columns of the training data's features in their order"
                + (known.size() == width ? ", or a header with their names: " + String.join(", ", known) : ""));
    }

    /** As in {@code 3 of 'input', 1 of 'colour'}. */
    String described() {
        return groups.stream().map(group -> group.width() + " of '" + group.column() + "'").collect(Collectors.joining(", "));
    }

    /** The names of the features in order, where names say which they are. One group without names has what the others leave. */
    private Optional<List<String>> chosen(List<String> names) {
        List<String> used = groups.stream().flatMap(group -> group.names().stream()).toList();
        List<Group> open = groups.stream().filter(group -> group.names().isEmpty()).toList();
        if (!names.containsAll(used) || open.size() > 1) {
            return Optional.empty();
        }
        List<String> rest = names.stream().filter(name -> !used.contains(name) && !target.equals(Optional.of(name))).toList();
        if (open.size() == 1 && (used.isEmpty() || rest.size() != open.getFirst().width())) {
            return Optional.empty();
        }
        List<String> chosen = new ArrayList<>();
        groups.forEach(group -> chosen.addAll(group.names().isEmpty() ? rest : group.names()));
        return Optional.of(chosen);
    }

    /**
     * The names that a record may use for the features of a group.
     *
     * @param names that the record has
     */
    List<String> namesAmong(Group group, List<String> names) {
        if (names.contains(group.column())) {
            return List.of(group.column());
        }
        if (!group.names().isEmpty() && names.containsAll(group.names())) {
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
}
