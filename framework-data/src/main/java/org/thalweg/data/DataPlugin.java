package org.thalweg.data;

import org.thalweg.api.plugin.Plugin;
import org.thalweg.api.plugin.Registrar;

/** The data sources and transforms that come with the framework. */
public final class DataPlugin implements Plugin {
    /** For ServiceLoader. */
    public DataPlugin() {}

    @Override
    public String id() {
        return "data";
    }

    @Override
    public void register(Registrar registrar) {
        registrar.dataSource("bundled", Bundled.class);
        registrar.dataSource("csv", Csv.class);
        registrar.dataSource("fashion-mnist", FashionMnist.class);
        registrar.dataSource("idx", Idx.class);
        registrar.dataSource("inline", Inline.class);
        registrar.dataSource("mnist", Mnist.class);
        registrar.dataSource("select", Select.class);
        registrar.dataSource("split", SplitPart.class);
        registrar.dataSource("strips", Strips.class);
        registrar.dataSource("synthetic", Synthetic.class);
        registrar.dataSource("text", Text.class);
        registrar.dataSource("triplets", Triplets.class);
        registrar.transform("fill-missing", FillMissing.class);
        registrar.transform("normalise", Normalise.class);
        registrar.transform("one-hot", OneHot.class);
        registrar.transform("scale", Scale.class);
        registrar.transform("standardise", Standardise.class);
    }
}
