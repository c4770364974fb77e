package org.thalweg.api.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.thalweg.api.plugin.Stable;

/** What somebody who chooses between plugins wants to know beyond the {@link Description}: {@code thalweg describe} shows it. */
@Stable
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Guide {
    /** The formula, in one line or several. */
    String formula();

    /** The shapes of what goes in, comes out and is kept; empty where there are none to tell. */
    String shapes() default "";

    /** When to take it, and what to take elsewhere. */
    String use();

    /** Values that its settings usually have; empty where the defaults say it. */
    String typical() default "";

    /** Who published it when; or whose behaviour it has. */
    String source();
}
