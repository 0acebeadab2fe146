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

    /** Why the case cannot be over DTLS; empty when it can. */
    String notByDtls() default "";

    /** Why the case is none of a gateway that talks MQTT 5.0 to the broker; empty when it is. */
    String notByMqtt5() default "";

    /** Why the case is none of a gateway whose devices share one broker connection; empty when it is. */
    String notShared() default "";
}
