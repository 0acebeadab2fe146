package midge.cli.conform;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All cases, in the order of the specification and within a section by name. */
final class Cases {
    private static final List<Class<?>> GROUPS = List.of(
            FrameCases.class,
            DiscoveryCases.class,
            ConnectCases.class,
            WillCases.class,
            RegisterCases.class,
            PublishCases.class,
            DeliverCases.class,
            SubscribeCases.class,
            UnconnectedCases.class,
            PresenceCases.class,
            SleepCases.class,
            ForwarderCases.class,
            BrokerCases.class);

    /** Mosquitto's way with clients of MQTT 5.0, which the standard leaves to the broker (§3.3.4). */
    static final String COPIES = "to MQTT 5.0 Mosquitto sends a copy for each filter that fits";
    /** Of the devices' end. */
    static final String TOO_LARGE = "the suite's DTLS carries no message of more than 1,336 octets";

    private Cases() {}

    static List<Case> all() {
        return GROUPS.stream().flatMap(Cases::of).toList();
    }

    private static Stream<Case> of(Class<?> group) {
        String name = group.getSimpleName().replace("Cases", "");
        return Arrays.stream(group.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Rule.class))
                .map(method -> new Case(name, method, method.getAnnotation(Rule.class)))
                .sorted(Comparator.comparing(one -> one.method().getName()));
    }
}
