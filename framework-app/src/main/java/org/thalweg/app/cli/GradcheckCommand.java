package org.thalweg.app.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.thalweg.api.layer.Layer;
import org.thalweg.api.loss.Loss;
import org.thalweg.api.settings.Suggestion;
import org.thalweg.api.tensor.Shape;
import org.thalweg.app.config.PluginReader;
import org.thalweg.app.pipeline.GradientCase;
import org.thalweg.app.pipeline.GradientCase.NamedLeaf;
import org.thalweg.app.plugin.PluginContext;
import org.thalweg.app.plugin.PluginKind;
import org.thalweg.app.plugin.PluginRegistry;
import org.thalweg.app.plugin.PluginSet;
import org.thalweg.app.plugin.Registration;
import org.thalweg.autodiff.gradient.GradientCheck;
import org.thalweg.autodiff.graph.Expression;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares gradients with differences. */
@Command(
        name = "gradcheck",
        description = "Checks the gradients of a layer or a loss: compares them, in double precision at a random point, with central differences.",
        footer = {
            "",
            "Examples:",
            "  thalweg gradcheck layer dense --set units=5",
            "  thalweg gradcheck layer residual --set layer=gelu --shape 2,8 --seed 7",
            "  thalweg gradcheck loss cross-entropy --set labelSmoothing=0.1 --shape 6,4",
            "  thalweg gradcheck loss my-loss --plugins my-plugins --between 0.1,0.9",
            "",
            "The error is relative to the larger of 1 and the gradient. At a kink, as relu has one at 0, the slopes on both sides differ and no"
                    + " difference is the derivative: there the gradient has to lie between the two, and the element is left out of the error.",
            "",
            "Exit codes: 0 all gradients are right, 1 one is wrong, 2 input wrong."
        })
final class GradcheckCommand implements Callable<Integer> {
    private static final double TOLERANCE = 1e-6;

    private final Console console;

    @Parameters(index = "0", paramLabel = "KIND", description = "layer or loss.")
    private String kind;

    @Parameters(index = "1", paramLabel = "NAME", description = "As dense.")
    private String name;

    @Option(names = "--set", paramLabel = "PATH=VALUE", description = "A setting, as units=5 or layer.units=5; may be given again and again.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--shape", paramLabel = "N,...", defaultValue = "4,3", description = "The input's shape, as 4,3 (rows first); default ${DEFAULT-VALUE}.")
    private String shape;

    @Option(names = "--between", paramLabel = "LOW,HIGH", defaultValue = "-2,2", description = "Where inputs are drawn from; default ${DEFAULT-VALUE}.")
    private String between;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Another seed is another random point; default ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private final PluginOptions plugins = new PluginOptions();

    @Spec
    private CommandSpec spec;

    GradcheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        PluginKind chosen = chosenKind();
        Shape input = Shape.of(Arrays.stream(numbers("--shape", shape)).mapToInt(extent -> (int) extent).toArray());
        double[] bounds = numbers("--between", between);
        if (bounds.length != 2 || !(bounds[0] < bounds[1])) {
            throw new ParameterException(spec.commandLine(), "--between must be two numbers in rising order, as in 0.1,0.9, but is '" + between + "'");
        }
        try (PluginSet loaded = plugins.load(console)) {
            PluginRegistry registry = loaded.registry();
            Registration registration = registry.find(chosen, name)
                    .orElseThrow(() -> new ParameterException(spec.commandLine(), registry.unknown(chosen, name)));
            GradientCase.Range range = new GradientCase.Range(bounds[0], bounds[1]);
            try (PluginContext _ = PluginContext.of(registration.settings())) {
                boolean right = true;
                List<GradientCase> cases = cases(chosen, input, range, registry);
                for (GradientCase one : cases) {
                    console.out().print(one == cases.getFirst() ? "" : System.lineSeparator());
                    right &= check(one);
                }
                return right ? ExitCode.DONE : ExitCode.FAILED;
            }
        }
    }

    private PluginKind chosenKind() {
        String label = kind.toLowerCase(Locale.ROOT);
        if (label.equals(PluginKind.LAYER.label())) {
            return PluginKind.LAYER;
        }
        if (label.equals(PluginKind.LOSS.label())) {
            return PluginKind.LOSS;
        }
        String known = Arrays.stream(PluginKind.values())
                .filter(other -> other.label().equals(label))
                .map(other -> other.one() + " has no gradient to check; available: layer, loss")
                .findFirst()
                .orElseGet(() -> "no kind is called '" + kind + "'; " + Suggestion.forName(kind, List.of("layer", "loss")));
        throw new ParameterException(spec.commandLine(), known);
    }

    private double[] numbers(String option, String text) {
        try {
            double[] numbers = Arrays.stream(text.split(",", -1)).mapToDouble(number -> Double.parseDouble(number.strip())).toArray();
            boolean whole = Arrays.stream(numbers).allMatch(number -> number == Math.rint(number) && number > 0 && number <= Integer.MAX_VALUE);
            if (option.equals("--shape") && !whole) {
                throw new NumberFormatException();
            }
            return numbers;
        } catch (NumberFormatException e) {
            throw new ParameterException(spec.commandLine(), option + " must be numbers with commas between them, but is '" + text + "'");
        }
    }

    private List<GradientCase> cases(PluginKind chosen, Shape input, GradientCase.Range range, PluginRegistry registry) {
        return chosen == PluginKind.LAYER
                ? List.of(GradientCase.of(PluginReader.read(Layer.class, name, settings, console.environment(), registry), input, range, seed))
                : GradientCase.of(name, PluginReader.read(Loss.class, name, settings, console.environment(), registry), input, range, seed);
    }

    private boolean check(GradientCase one) {
        List<String[]> rows = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        rows.add(new String[] {"name", "shape", "largest error", ""});
        boolean right = true;
        for (NamedLeaf named : one.leaves()) {
            Expression leaf = named.leaf();
            String shown = leaf.shape().toString();
            if (!leaf.dtype().isFloating()) {
                rows.add(new String[] {named.name(), shown, "", leaf.dtype() + ", no gradient"});
                continue;
            }
            GradientCheck.Comparison found = GradientCheck.compare(one.scalar(), one.point(), leaf);
            boolean fits = found.error() <= TOLERANCE;
            right &= fits;
            rows.add(new String[] {named.name(), shown, String.format(Locale.ROOT, "%.1e", found.error()), fits ? "ok" : "FAILED"});
            if (!fits) {
                notes.add(mistake(named, found));
            }
            if (!found.kinks().isEmpty()) {
                notes.add(kinks(named, found.kinks()));
            }
        }
        int[] widths = {0, 0, 0};
        rows.forEach(row -> Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length())));
        for (String[] row : rows) {
            console.out().println(String.format(Locale.ROOT, "%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s  %s", (Object[]) row).stripTrailing());
        }
        notes.forEach(console.out()::println);
        return right;
    }

    private static String mistake(NamedLeaf named, GradientCheck.Comparison found) {
        String place = place(named, found.element());
        return Double.isFinite(found.difference()) && Double.isFinite(found.gradient())
                ? String.format(Locale.ROOT, "%s: the gradient is %.9g, but the difference quotient is %.9g", place, found.gradient(), found.difference())
                : String.format(Locale.ROOT, "%s: the gradient is %s and the difference quotient %s; if the formula is not defined here, --between draws the inputs"
                        + " from another range", place, found.gradient(), found.difference());
    }

    private static String kinks(NamedLeaf named, List<Integer> kinks) {
        String places = kinks.stream().limit(3).map(element -> place(named, element)).collect(Collectors.joining(", "));
        return places + (kinks.size() > 3 ? " and " + (kinks.size() - 3) + " more" : "") + ": at a kink, where the slopes on both sides differ, so that there is"
                + " no derivative to compare with; the gradient lies between the slopes, and the error leaves it out";
    }

    /** An element as {@code weight[1, 2]}. */
    private static String place(NamedLeaf named, int element) {
        Shape shape = named.leaf().shape();
        int[] index = new int[shape.rank()];
        int rest = element;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            index[axis] = rest % shape.extent(axis);
            rest /= shape.extent(axis);
        }
        return named.name() + (index.length == 0 ? "" : Arrays.toString(index));
    }
}
