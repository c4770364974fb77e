package org.thalweg.app.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.settings.Min;
import org.thalweg.api.settings.References;
import org.thalweg.app.config.Choices;

/** How a sweep chooses values. */
public sealed interface Search {
    /** The trials, the same for the same seed. */
    List<Trial> trials(Map<String, Variation> vary, long seed);

    /** The rounds in which trials are run, given the epochs of the pipeline. */
    default List<Round> rounds(int trials, int epochs) {
        return List.of(new Round(trials, epochs));
    }

    /** The references of a sweep. */
    static References references(References plugins) {
        Map<String, Class<? extends Record>> searches = new LinkedHashMap<>();
        searches.put("grid", Grid.class);
        searches.put("random", RandomSearch.class);
        searches.put("successive-halving", SuccessiveHalving.class);
        return new Choices<>(Search.class, "search", searches, plugins);
    }

    /**
     * A round: so many trials, the best of the round before, go on until they have so many epochs.
     *
     * @param trials that take part
     * @param epochs of each in all
     */
    record Round(int trials, int epochs) {}

    /** Every combination. */
    @Description("Every combination of values; a range gives 'steps' of them.")
    record Grid() implements Search {
        @Override
        public List<Trial> trials(Map<String, Variation> vary, long seed) {
            List<Map<String, Object>> combinations = new ArrayList<>(List.of(Map.of()));
            vary.forEach((path, variation) -> {
                List<Map<String, Object>> longer = new ArrayList<>();
                combinations.forEach(before -> variation.grid().forEach(value -> {
                    Map<String, Object> one = new LinkedHashMap<>(before);
                    one.put(path, value);
                    longer.add(one);
                }));
                combinations.clear();
                combinations.addAll(longer);
            });
            return Trial.numbered(combinations);
        }
    }

    /**
     * Values by chance (Bergstra and Bengio, 2012).
     *
     * @param trials how many
     */
    @Description("Values by chance.")
    record RandomSearch(@Description("How many trials.") @Default("20") @Min(1) int trials) implements Search {
        @Override
        public List<Trial> trials(Map<String, Variation> vary, long seed) {
            Random random = new Random(seed);
            List<Map<String, Object>> chosen = new ArrayList<>();
            for (int i = 0; i < trials; i++) {
                Map<String, Object> values = new LinkedHashMap<>();
                vary.forEach((path, variation) -> values.put(path, variation.random(random)));
                chosen.add(values);
            }
            return Trial.numbered(chosen);
        }
    }

    /**
     * Values by chance; after a few epochs only the best go on, and so again (Jamieson and Talwalkar, 2016).
     *
     * @param trials to begin with
     * @param factor one of so many goes on, with so many times the epochs
     */
    @Description("Values by chance; after a few epochs only the best go on, with more epochs, and so again.")
    record SuccessiveHalving(
            @Description("Trials to begin with.") @Default("27") @Min(2) int trials,
            @Description("One of so many goes on, with so many times the epochs.") @Default("3") @Min(2) int factor) implements Search {
        @Override
        public List<Trial> trials(Map<String, Variation> vary, long seed) {
            return new RandomSearch(trials).trials(vary, seed);
        }

        @Override
        public List<Round> rounds(int all, int epochs) {
            List<Round> rounds = new ArrayList<>();
            for (int left = all; left >= 1; left /= factor) {
                rounds.add(new Round(left, epochs));
            }
            int length = epochs;
            for (int i = rounds.size() - 1; i >= 0; i--, length /= factor) {
                rounds.set(i, new Round(rounds.get(i).trials(), Math.max(1, length)));
            }
            return rounds;
        }
    }
}
