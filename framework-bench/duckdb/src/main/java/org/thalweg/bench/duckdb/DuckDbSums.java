package org.thalweg.bench.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.thalweg.app.workload.Operation;
import org.thalweg.bench.NumbersFile;

/** A query that reads the file and adds up each column. */
final class DuckDbSums implements Operation {
    private final Connection connection;
    private final String query;
    private final double[] sums = new double[NumbersFile.COLUMNS.size()];

    /**
     * A query.
     *
     * @param type of every column, in SQL
     */
    DuckDbSums(Connection connection, String type, Path file) {
        this.connection = connection;
        String select = NumbersFile.COLUMNS.stream().map("sum(%s)"::formatted).collect(Collectors.joining(", "));
        String types = NumbersFile.COLUMNS.stream().map(name -> "'%s': '%s'".formatted(name, type)).collect(Collectors.joining(", "));
        query = "SELECT %s FROM read_csv('%s', header = true, delim = ',', auto_detect = false, columns = {%s})"
                .formatted(select, file.toString().replace("'", "''"), types);
    }

    @Override
    public void run() {
        try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(query)) {
            result.next();
            for (int column = 0; column < sums.length; column++) {
                sums[column] = result.getDouble(column + 1);
            }
        } catch (SQLException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    public double[] figures() {
        return sums.clone();
    }
}
