module org.thalweg.example {
    requires org.thalweg.api;
}
