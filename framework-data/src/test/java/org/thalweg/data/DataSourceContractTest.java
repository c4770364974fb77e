package org.thalweg.data;

import java.util.stream.Stream;
import org.thalweg.api.data.DataSource;
import org.thalweg.testkit.DataSourceContract;

/** The contract, for the data that comes with the framework. */
class DataSourceContractTest extends DataSourceContract {
    @Override
    protected Stream<DataSource> sources() {
        return Stream.of(Bundled.Name.values()).map(Bundled::new);
    }
}
