/** Contract tests for plugins, and what tests of formulas need. */
module org.thalweg.testkit {
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;
    requires transitive org.thalweg.api;
    requires transitive org.thalweg.autodiff;

    exports org.thalweg.testkit;
}
