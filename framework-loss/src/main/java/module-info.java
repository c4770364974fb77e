module org.thalweg.loss {
    requires transitive org.thalweg.api;
}
