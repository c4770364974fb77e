/** What plugins compile against: tensors, settings, and the kinds of plugin. Depends on nothing but the JDK. */
module org.thalweg.api {
    exports org.thalweg.api.tensor;
}
