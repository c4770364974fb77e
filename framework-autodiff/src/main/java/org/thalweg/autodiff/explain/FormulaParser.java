package org.thalweg.autodiff.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.thalweg.api.settings.Suggestion;
import org.thalweg.api.tensor.DType;
import org.thalweg.api.tensor.Shape;
import org.thalweg.autodiff.gradient.Gradients;
import org.thalweg.autodiff.graph.Expression;
import org.thalweg.autodiff.graph.Graph;

/** Reads a formula by recursive descent, one method a rule of the grammar. */
final class FormulaParser {
    /** Parentheses within parentheses would overflow the stack some day; nobody reads a formula that comes near this. */
    private static final int DEEPEST = 200;

    private static final Map<String, Double> CONSTANTS = Map.of("pi", Math.PI, "e", Math.E);
    private static final Pattern BLANKS = Pattern.compile("\\s*");
    private static final Pattern NUMBER = Pattern.compile("(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern DERIVATIVE = Pattern.compile("d\\s*/\\s*d([\\p{L}_][\\p{L}\\p{N}_]*)");

    private final Graph graph = new Graph();
    private final Map<String, Expression> names = new LinkedHashMap<>();
    private final String text;
    private final Matcher matcher;
    private int position;
    private int depth;

    FormulaParser(String text) {
        this.text = text;
        this.matcher = BLANKS.matcher(text);
    }

    Formula parse() {
        Expression output = expression();
        if (position < text.length()) {
            throw unexpected();
        }
        return new Formula(text, output, names);
    }

    private Expression expression() {
        Expression sum = term();
        while (true) {
            if (take("+")) {
                sum = sum.add(term());
            } else if (take("-")) {
                sum = sum.sub(term());
            } else {
                return sum;
            }
        }
    }

    private Expression term() {
        Expression product = factor();
        while (true) {
            if (take("*")) {
                product = product.mul(factor());
            } else if (take("/")) {
                product = product.div(factor());
            } else {
                return product;
            }
        }
    }

    private Expression factor() {
        if (++depth > DEEPEST) {
            throw wrong("the formula is nested more than " + DEEPEST + " deep: write it in a program instead", position);
        }
        Expression factor = take("-") ? factor().neg() : power();
        depth--;
        return factor;
    }

    private Expression power() {
        Expression base = atom();
        return take("^") ? base.pow(factor()) : base;
    }

    private Expression atom() {
        int start = skipBlanks();
        if (take("(")) {
            Expression inner = expression();
            close(start);
            return inner;
        }
        String number = match(NUMBER);
        if (number != null) {
            double value = Double.parseDouble(number);
            if (Double.isInfinite(value)) {
                throw wrong("the number " + number + " is too large", start);
            }
            return graph.constant(value, DType.FLOAT64);
        }
        if (lookingAt(DERIVATIVE)) {
            String name = matcher.group(1);
            int end = matcher.end();
            if (next(end) == '(') {
                position = end;
                return derivative(name, start);
            }
            // Without an operator behind it this can be no quotient either.
            if (Character.isLetterOrDigit(next(end))) {
                throw wrong("d/d" + name + " needs parentheses: d/d" + name + " (...)", start);
            }
        }
        String name = match(NAME);
        if (name == null) {
            throw wrong(start == text.length()
                    ? "the formula ends where a number, a name or '(' is expected"
                    : "a number, a name or '(' is expected instead of '" + character(start) + "'", start);
        }
        return take("(") ? call(name, start) : named(name, start);
    }

    private Expression derivative(String name, int start) {
        if (CONSTANTS.containsKey(name) || FormulaFunction.ALL.containsKey(name)) {
            throw wrong(name + " is a " + (CONSTANTS.containsKey(name) ? "constant" : "function") + ", so there is no derivative by it", start);
        }
        int opened = skipBlanks();
        take("(");
        Expression inner = expression();
        close(opened);
        return Gradients.of(inner, List.of(variable(name))).getFirst();
    }

    private Expression call(String name, int start) {
        FormulaFunction function = FormulaFunction.ALL.get(name);
        if (function == null) {
            throw wrong(CONSTANTS.containsKey(name)
                    ? name + " is a constant, not a function"
                    : "no function is called '" + name + "'; " + Suggestion.forName(name, FormulaFunction.ALL.keySet()), start);
        }
        int opened = position - 1;
        List<Expression> operands = new ArrayList<>();
        do {
            operands.add(expression());
        } while (take(","));
        close(opened);
        if (operands.size() != function.operands()) {
            throw wrong(name + " is written " + function.usage() + ", but " + operands.size() + (operands.size() == 1 ? " operand is" : " operands are")
                    + " given", start);
        }
        return (Expression) function.rule().apply(operands);
    }

    private Expression named(String name, int start) {
        Double constant = CONSTANTS.get(name);
        if (constant != null) {
            return graph.constant(constant, DType.FLOAT64);
        }
        if (FormulaFunction.ALL.containsKey(name)) {
            throw wrong(name + " is a function: write " + FormulaFunction.ALL.get(name).usage(), start);
        }
        return variable(name);
    }

    private Expression variable(String name) {
        return names.computeIfAbsent(name, key -> graph.variable(key, Shape.scalar(), DType.FLOAT64));
    }

    private void close(int opened) {
        if (!take(")")) {
            throw skipBlanks() < text.length() ? unexpected()
                    : wrong("the '(' in column " + (opened + 1) + " is not closed", opened);
        }
    }

    /** Something stands where an operator should. */
    private FormulaException unexpected() {
        int at = skipBlanks();
        String found = character(at);
        if (found.equals(")")) {
            return wrong("there is no '(' for this ')'", at);
        }
        if (found.equals(",")) {
            return wrong("',' has a meaning only between the operands of a function", at);
        }
        return Character.isLetterOrDigit(found.codePointAt(0)) || "(._".contains(found)
                ? wrong("an operator is missing before '" + found + "'; a product is written with *", at)
                : wrong("'" + found + "' has no meaning here; operators are + - * / ^", at);
    }

    private String character(int at) {
        return Character.toString(text.codePointAt(at));
    }

    /** The first character from a place on that is not blank, or a blank at the end. */
    private char next(int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : ' ';
    }

    private int skipBlanks() {
        match(BLANKS);
        return position;
    }

    private boolean take(String token) {
        boolean there = text.startsWith(token, skipBlanks());
        position += there ? token.length() : 0;
        if (there) {
            skipBlanks();
        }
        return there;
    }

    private boolean lookingAt(Pattern pattern) {
        return matcher.usePattern(pattern).region(position, text.length()).lookingAt();
    }

    private String match(Pattern pattern) {
        if (!lookingAt(pattern)) {
            return null;
        }
        position = matcher.end();
        String found = matcher.group();
        return found;
    }

    private FormulaException wrong(String sentence, int at) {
        return new FormulaException(sentence, text, at);
    }
}
