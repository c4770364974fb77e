package org.thalweg.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.thalweg.data.Split;
import org.thalweg.data.Subset;

/** What this module must not know. */
@AnalyzeClasses(packages = "org.thalweg.app", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    /** The built-in plugins are found like any other; splitting data is no plugin. */
    @ArchTest
    static final ArchRule PLUGINS_ARE_FOUND_AND_NEVER_NAMED = noClasses().should().dependOnClassesThat(
            resideInAnyPackage("org.thalweg.optim..", "org.thalweg.loss..", "org.thalweg.data..", "org.thalweg.autodiff.layer..")
                    .and(not(type(Split.class)))
                    .and(not(type(Subset.class))));

    @ArchTest
    static final ArchRule A_PIPELINE_NEEDS_NO_WIRING_AND_NO_FILE = noClasses().that().resideInAPackage("org.thalweg.app.pipeline..")
            .should().dependOnClassesThat(resideInAnyPackage(
                    "com.google.inject..", "jakarta.inject..", "tools.jackson..", "picocli..", "java.nio.file..",
                    "org.thalweg.app.config..", "org.thalweg.app.plugin..", "org.thalweg.app.run..", "org.thalweg.app.cli.."));

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_ON_EACH_OTHER_IN_ONE_DIRECTION = slices().matching("org.thalweg.app.(*)..").should().beFreeOfCycles();
}
