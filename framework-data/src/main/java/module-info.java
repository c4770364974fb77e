/** Data sources, transforms and bundled real data. */
module org.thalweg.data {
    requires transitive org.thalweg.api;

    exports org.thalweg.data;
}
