package org.thalweg.app.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.thalweg.api.layer.LayerContext;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;
import org.thalweg.api.tensor.Tensor;
import org.thalweg.autodiff.explain.Formula;
import org.thalweg.autodiff.explain.FormulaException;
import org.thalweg.autodiff.graph.Expression;

/**
 * Any formula in x and y.
 *
 * @param formula as the command {@code explain} reads it
 * @param minimum its least value, from which losses count
 */
@Description("A formula in x and y, written as for 'thalweg explain'.")
public record FormulaSurface(
        @Description("As \"(x^2+y-11)^2+(x+y^2-7)^2\".") String formula,
        @Description("Its least value: losses are counted from it.") @Default("0") double minimum) implements Surface.Function {
    /** Checks the formula. */
    public FormulaSurface {
        try {
            TreeSet<String> names = new TreeSet<>(Formula.parse(formula).names().keySet());
            names.removeAll(Set.of("x", "y"));
            if (!names.isEmpty()) {
                throw new IllegalArgumentException("the formula of a surface knows x and y alone, but this one uses " + String.join(", ", names));
            }
        } catch (FormulaException mistake) {
            throw new IllegalArgumentException("the formula '" + formula + "' is wrong: " + mistake.getMessage(), mistake);
        }
    }

    @Override
    public Tensor height(Tensor x, Tensor y, LayerContext context) {
        Formula parsed = Formula.parse(formula);
        Map<Expression, Expression> coordinates = new LinkedHashMap<>();
        parsed.names().forEach((name, leaf) -> coordinates.put(leaf, (Expression) (name.equals("x") ? x : y)));
        return ((Expression) x).graph().copy(parsed.output(), coordinates).sub(minimum);
    }

    @Override
    public View view() {
        return new View(-3, 3, -3, 3, -2, 2);
    }

    @Override
    public String lesson() {
        return formula;
    }
}
