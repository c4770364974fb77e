module org.thalweg.optim {
    requires transitive org.thalweg.api;
}
