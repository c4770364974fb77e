package org.thalweg.bench;

/** What is read from {@link NumbersFile}. */
public enum CsvReading {
    /** Numbers in double precision; compared by the sum of every column. */
    DOUBLE,
    /** Numbers in single precision; compared by the sum of every column, added up in double precision. */
    FLOAT,
    /** Where each value begins and ends and no more; for libraries whose users make the numbers themselves. */
    FIELDS
}
