package org.thalweg.autodiff.explain;

/** A formula that cannot be read. */
public final class FormulaException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String formula;
    private final int position;

    /**
     * With what is wrong and where.
     *
     * @param sentence without the place
     * @param formula the whole text
     * @param position from 0; the text's length means its end
     */
    public FormulaException(String sentence, String formula, int position) {
        super(sentence);
        this.formula = formula;
        this.position = position;
    }

    /** Where it is wrong, counted from 1. */
    public int column() {
        return position + 1;
    }

    /** The formula, and a caret in the line under it. */
    public String excerpt() {
        return "  " + formula.replaceAll("\\s", " ") + "\n  " + " ".repeat(position) + "^";
    }
}
