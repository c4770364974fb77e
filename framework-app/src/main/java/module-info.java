module org.thalweg.app {
    requires org.thalweg.autodiff;
    requires transitive org.thalweg.api;
}
