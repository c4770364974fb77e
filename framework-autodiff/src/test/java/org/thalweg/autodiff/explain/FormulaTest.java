package org.thalweg.autodiff.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.reference.ReferenceEvaluator;

/** The language of formulas. */
class FormulaTest {
    private static double value(String text) {
        Formula formula = Formula.parse(text);
        Map<String, Double> at = Map.of("x", 2.0, "y", 3.0, "z", 5.0, "d", 7.0, "dx", 2.0);
        Map<Expression, double[]> point = new HashMap<>();
        formula.names().forEach((name, variable) -> point.put(variable, new double[] {at.get(name)}));
        return ReferenceEvaluator.evaluate(formula.output(), point)[0];
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "x+y*z; 17",
        "(x+y)*z; 25",
        "z-y-x; 0",
        "z/x/y; 0.8333333333333334",
        "x^y^x; 512",
        "-x^2; -4",
        "(-x)^2; 4",
        "2^-x; 0.25",
        "x*-y; -6",
        "--x; 2",
        "1.5e1 + .5 + 2.; 17.5",
        " x\t+ y ; 5",
        "max(x, y) - min(x,y); 1",
        "pow(y, x); 9",
        "2*pi; 6.283185307179586",
        "ln(e^3); 3",
        "d/dx (x^3); 12",
        "d/dx(x*y) ; 3",
        "d / dy (x*y) + 1; 3",
        "d/dx (d/dx (x^3)); 12",
        "d/dx (d/dy (x^2*y^2)); 24",
        "d/dz (x); 0",
        "d/dx; 3.5",
        "d/dx*y; 10.5",
    })
    void reads_what_mathematics_writes(String text, double expected) {
        assertEquals(expected, value(text), 1e-12);
    }

    @ParameterizedTest
    @MethodSource("org.thalweg.autodiff.explain.Formula#functions")
    void knows_every_function_that_it_lists(String usage) {
        String call = usage.replace("(x)", "(0.5)").replace("(a, b)", "(0.5, 0.25)");
        assertTrue(Double.isFinite(value(call)), call);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "2*+x; 3; a number, a name or '(' is expected instead of '+'",
        "x+; 3; the formula ends where a number, a name or '(' is expected",
        "``; 1; the formula ends where a number, a name or '(' is expected",
        "2x; 2; an operator is missing before 'x'; a product is written with *",
        "x (y); 1; no function is called 'x'; available: abs",
        "(x)(y); 4; an operator is missing before '('",
        "1 + (x; 5; the '(' in column 5 is not closed",
        "x); 2; there is no '(' for this ')'",
        "x, y; 2; ',' has a meaning only between the operands of a function",
        "x $ y; 3; '$' has no meaning here; operators are + - * / ^",
        "sigmod(x); 1; no function is called 'sigmod'; did you mean 'sigmoid'; available: abs",
        "x+max(x); 3; max is written max(a, b), but 1 operand is given",
        "exp(x,y); 1; exp is written exp(x), but 2 operands are given",
        "exp; 1; exp is a function: write exp(x)",
        "pi(x); 1; pi is a constant, not a function",
        "d/dx x; 1; d/dx needs parentheses: d/dx (...)",
        "d/dpi (x); 1; pi is a constant, so there is no derivative by it",
        "1e999; 1; the number 1e999 is too large",
    })
    void says_what_is_wrong_and_where(String text, int column, String sentence) {
        FormulaException mistake = assertThrows(FormulaException.class, () -> Formula.parse(text));
        assertTrue(mistake.getMessage().startsWith(sentence), mistake.getMessage());
        assertEquals(column, mistake.column());
    }

    @Test
    void points_at_a_mistake() {
        FormulaException mistake = assertThrows(FormulaException.class, () -> Formula.parse("2*+x"));
        assertEquals("  2*+x\n    ^", mistake.excerpt());
    }

    @Test
    void neither_depth_nor_length_overflows_the_stack() {
        FormulaException deep = assertThrows(FormulaException.class, () -> Formula.parse("(".repeat(100_000) + "x"));
        assertTrue(deep.getMessage().startsWith("the formula is nested more than 200 deep"), deep.getMessage());
        assertThrows(FormulaException.class, () -> Formula.parse("-".repeat(100_000) + "x"));
        assertThrows(FormulaException.class, () -> Formula.parse("x^".repeat(100_000) + "x"));
        assertEquals(20_002, value("x" + "+x".repeat(10_000)));
    }

    @Test
    void names_keep_their_order() {
        assertEquals(List.of("w", "b", "a"), List.copyOf(Formula.parse("w*(b-a)+w").names().keySet()));
    }
}
