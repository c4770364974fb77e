/** Data sources, transforms and bundled real data. */
module org.thalweg.data {
    requires transitive org.thalweg.api;
    requires de.siegmar.fastcsv;
    requires java.net.http;

    exports org.thalweg.data;

    provides org.thalweg.api.plugin.Plugin with
            org.thalweg.data.DataPlugin;
}
