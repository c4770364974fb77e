package org.thalweg.app.config;

import java.util.List;
import org.thalweg.api.settings.Default;
import org.thalweg.api.settings.Description;

/**
 * What a group of parameters says beside the settings of its optimizer.
 *
 * @param parameters patterns of their paths
 * @param frozen whether they stay as they are
 */
@Description("Parameters with other settings of the optimizer; what is not set is as for all. The first group that matches a parameter counts.")
public record GroupSettings(
        @Description("Patterns of the paths of the parameters, with * for any characters: *.bias.") List<String> parameters,
        @Description("Whether the parameters stay as they are.") @Default("false") boolean frozen) {}
