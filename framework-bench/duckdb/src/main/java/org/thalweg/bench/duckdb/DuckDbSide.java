package org.thalweg.bench.duckdb;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.thalweg.app.workload.Operation;
import org.thalweg.bench.CsvReading;
import org.thalweg.bench.Measuring;
import org.thalweg.bench.Side;

/** DuckDB in memory, asked for the sums of columns whose types it is told. */
final class DuckDbSide implements Side {
    private final Connection connection;

    private DuckDbSide(int threads) {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            try (var statement = connection.createStatement()) {
                statement.execute("SET threads = " + threads);
            }
        } catch (SQLException problem) {
            throw new IllegalStateException(problem);
        }
    }

    public static void main(String[] arguments) {
        Measuring.main(DuckDbSide::new, arguments);
    }

    @Override
    public String version() {
        try {
            return "duckdb-" + connection.getMetaData().getDatabaseProductVersion().replaceFirst("^v", "");
        } catch (SQLException problem) {
            throw new IllegalStateException(problem);
        }
    }

    @Override
    public Optional<Operation> read(CsvReading reading, Path file) {
        return switch (reading) {
            case DOUBLE, FLOAT -> Optional.of(new DuckDbSums(connection, reading.name(), file));
            case FIELDS -> Optional.empty();
        };
    }
}
