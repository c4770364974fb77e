module org.thalweg.data {
    requires transitive org.thalweg.api;
}
