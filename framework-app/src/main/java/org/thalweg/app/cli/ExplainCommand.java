package org.thalweg.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.thalweg.autodiff.explain.Explanation;
import org.thalweg.autodiff.explain.Formula;
import org.thalweg.autodiff.explain.FormulaException;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;
import org.thalweg.autodiff.reference.ReferenceEvaluator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains a formula. */
@Command(
        name = "explain",
        description = "Shows the computational graph of a formula: every node with its value, and with the derivative of the result by it.")
final class ExplainCommand implements Callable<Integer> {
    private static final int FUNCTIONS_WIDTH = 60;

    private final Console console;

    @Parameters(index = "0", paramLabel = "FORMULA", description = "As '(x+y)*z', in quotes: the shell reads * and parentheses itself.")
    private String text;

    @Option(names = "--at", paramLabel = "NAME=VALUE,...", description = "A value for every name in the formula, as x=-2,y=pi/2; may be given again and again.")
    private List<String> at = new ArrayList<>();

    @Option(names = "--order", paramLabel = "N", defaultValue = "1", description = "2 shows the second derivatives as well; default ${DEFAULT-VALUE}.")
    private int order;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw the graph into an SVG image.")
    private Path svg;

    @Option(names = "--dot", paramLabel = "FILE", description = "Write the graph in the language of Graphviz.")
    private Path dot;

    @Spec
    private CommandSpec spec;

    private ExplainCommand(Console console) {
        this.console = console;
    }

    /** The command, with the functions in its help, and so that a formula may begin with a minus sign. */
    static CommandLine commandLine(Console console) {
        CommandLine command = new CommandLine(new ExplainCommand(console)).setUnmatchedOptionsArePositionalParams(true);
        command.getCommandSpec().usageMessage().footer(
                "",
                "Formulas:",
                "  names, numbers  x, w1, 2, .5, 1e-3, and the constants pi and e",
                "  operators       + - * / ^ and a minus sign in front; 2^3^2 is 2^(3^2), -x^2 is -(x^2)",
                "  derivatives     d/dx (x^3), also within one another: d/dx (d/dy (x^2*y))",
                "  functions       " + functions(),
                "",
                "Examples:",
                "  thalweg explain '(x+y)*z' --at x=-2,y=5,z=-4",
                "  thalweg explain '1/(1+exp(-(w0*x0+w1*x1+w2)))' --at w0=2,w1=-3,w2=-3,x0=-1,x1=-2 --svg neuron.svg",
                "  thalweg explain 'd/dx (x^2*sin(x))' --at x=pi/2 --order 2");
        return command;
    }

    /** The functions in lines that are not wrapped, one under the other. */
    private static String functions() {
        StringBuilder lines = new StringBuilder();
        int column = 0;
        for (String function : Formula.functions()) {
            boolean full = column + function.length() > FUNCTIONS_WIDTH;
            lines.append(column == 0 ? "" : full ? ",\n                  " : ", ").append(function);
            column = (full ? 0 : column + 2) + function.length();
        }
        return lines.toString();
    }

    @Override
    public Integer call() throws IOException {
        if (order != 1 && order != 2) {
            throw new ParameterException(spec.commandLine(), "--order must be 1 or 2, but is " + order);
        }
        Formula formula;
        Map<String, Double> values;
        try {
            formula = Formula.parse(text);
            values = values();
        } catch (FormulaException mistake) {
            console.err().println("thalweg explain: " + mistake.getMessage() + "\n" + mistake.excerpt());
            return ExitCode.WRONG_INPUT;
        }
        requireAllAndNoMore(formula, values);
        Explanation explanation = Explanation.of(formula, values);
        print(explanation.text());
        if (order == 2 && !explanation.leaves().isEmpty()) {
            print("\nsecond derivatives of " + explanation.resultName() + ":\n" + explanation.hessian().text());
        }
        explanation.findings().forEach(finding -> console.err().println("warning: " + finding));
        if (svg != null) {
            Files.writeString(svg, explanation.svg());
        }
        if (dot != null) {
            Files.writeString(dot, explanation.dot());
        }
        return ExitCode.DONE;
    }

    private Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String part : String.join(",", at).split(",")) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new ParameterException(spec.commandLine(), "--at must be name=value, as in x=-2,y=5, but has '" + part.strip() + "'");
            }
            String name = part.substring(0, equals).strip();
            Formula value = Formula.parse(part.substring(equals + 1));
            if (!value.names().isEmpty()) {
                throw new ParameterException(spec.commandLine(), "the value of '" + name + "' must be a number, but is '" + value.text().strip() + "'");
            }
            if (values.put(name, ReferenceEvaluator.evaluate(value.output(), Map.of())[0]) != null) {
                throw new ParameterException(spec.commandLine(), "--at gives '" + name + "' two values");
            }
        }
        return values;
    }

    private void requireAllAndNoMore(Formula formula, Map<String, Double> values) {
        for (String given : values.keySet()) {
            if (!formula.names().containsKey(given)) {
                String names = formula.names().isEmpty() ? "it uses no name" : "it uses " + String.join(", ", formula.names().keySet());
                throw new ParameterException(spec.commandLine(), "--at gives a value for '" + given + "', which the formula does not use; " + names);
            }
        }
        List<Expression> needed = Graph.reachable(List.of(formula.output()));
        List<String> missing = formula.names().entrySet().stream()
                .filter(name -> needed.contains(name.getValue()) && !values.containsKey(name.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty()) {
            throw new ParameterException(spec.commandLine(), (missing.size() == 1 ? "a value is missing for " : "values are missing for ")
                    + String.join(", ", missing) + ": add --at " + String.join("=...,", missing) + "=...");
        }
    }

    /** Lines of a tree where the terminal can show them, else what resembles them. */
    private void print(String text) {
        boolean lines = console.out().charset().newEncoder().canEncode('\u251c');
        console.out().print(lines ? text : text.replace("\u251c\u2500", "|-").replace("\u2514\u2500", "`-").replace('\u2502', '|'));
        console.out().flush();
    }
}
