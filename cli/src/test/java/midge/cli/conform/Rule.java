package midge.cli.conform;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a case: a method of a class that {@link Cases} lists, which gets a {@link Scene}. Its name is what holds. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Rule {
    /** Sections of MQTT-SN 1.2, and the notes of docs/mqtt-sn-reading.md, such as {@code "§6.6, A3"}. */
    String value();

    /** Which gateway the case is about. */
    Site site() default Site.USUAL;
}
