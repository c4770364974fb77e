package org.thalweg.api.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.thalweg.api.plugin.Stable;

/**
 * The columns of a data set.
 *
 * @param columns in order, names unique
 */
@Stable
public record Schema(List<Column> columns) {
    /** Checks that the names differ. */
    public Schema {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        for (Column column : columns) {
            if (!names.add(column.name())) {
                throw new IllegalArgumentException("two columns are called '" + column.name() + "'");
            }
        }
    }

    /** The names, in order. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
    }

    /** The number of a column, or -1. */
    public int indexOf(String name) {
        return names().indexOf(name);
    }

    /** A column by name. */
    public Column column(String name) {
        int index = indexOf(name);
        if (index < 0) {
            throw new DataException("there is no column '" + name + "'; the data has " + names());
        }
        return columns.get(index);
    }

    /** This schema with the column of the same name replaced. */
    public Schema with(Column column) {
        return new Schema(columns.stream().map(c -> c.name().equals(column.name()) ? column : c).toList());
    }
}
