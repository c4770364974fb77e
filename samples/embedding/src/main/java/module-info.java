/** A program that trains, and brings an optimizer of its own. */
module com.example.embedding {
    requires org.thalweg.app;
    requires org.thalweg.data;
    requires org.thalweg.loss;

    // Settings records must be in an exported package.
    exports com.example.embedding;

    provides org.thalweg.api.plugin.Plugin with com.example.embedding.BallPlugin;
}
