package midge.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import midge.gateway.config.GatewayConfig;
import midge.gateway.config.GatewayConfigBuilder;
import org.junit.jupiter.api.Test;

/** docs/gateway.toml works as it stands, has everything and changes nothing. */
class SampleTest {
    private static final Path SAMPLE = Path.of("../docs/gateway.toml");

    /** Not for this file: no listener can send to everyone yet, so ADVERTISE has nowhere to go. */
    @Test
    void namesEveryOptionWithItsDefault() throws SettingsException {
        String sample = new SettingsReader().file(SAMPLE).settings().describe();
        String defaults = new SettingsReader().settings().describe();
        assertThat(sample).doesNotContain("# default");
        assertThat(sample.replaceAll(" +# line \\d+", "")).isEqualTo(defaults.replaceAll(" +# default", ""));
    }

    @Test
    void givesTheConfigurationThatNobodyConfigured() throws ReflectiveOperationException, SettingsException {
        GatewayConfig sample = new SettingsReader().file(SAMPLE).settings().config();
        GatewayConfig standard = GatewayConfig.builder().build();
        int compared = 0;
        for (Method accessor : GatewayConfig.class.getMethods()) {
            boolean plain = accessor.getReturnType().isPrimitive()
                    || accessor.getReturnType().isArray();
            boolean own = accessor.getDeclaringClass() == GatewayConfig.class;
            if (own && plain && accessor.getParameterCount() == 0) {
                assertThat(accessor.invoke(sample)).as(accessor.getName()).isEqualTo(accessor.invoke(standard));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(30);
    }

    /** A new setter without an option, or the other way round, is noticed here. */
    @Test
    void thereAreAsManyOptionsAsSetters() {
        Set<String> setters = Arrays.stream(GatewayConfigBuilder.class.getMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()) && m.getReturnType() == GatewayConfigBuilder.class)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        // backoffMs is two options, predefined is sections of its own, brokers is the length of fallback,
        // broadcastListener follows from discovery; listen, uri,
        // level, address, the five of TLS, seven of the eight of DTLS, and directory and size of the store, and the
        // status topics' interval, are not the
        // core's.
        assertThat(Options.ALL).hasSize(setters.size() + 1 - 1 + 4 + 5 + 7 + 2 + 1);
    }
}
