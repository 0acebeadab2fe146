package midge.mqttsn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.profile.Allocation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("interpreted")
class MemoryTest {
    private SnClient client;

    @Test
    void theTableSaysWhatConstructionTakes() {
        SnClientConfig config = SnClientConfig.builder("dev-01").build();
        long measured = Allocation.of(() -> client = new SnClient(config, new SnQuietListener())) - 16;
        assertEquals(config.memoryOctets(), measured, () -> table(config));
    }

    @Test
    void theTableFollowsTheOptions() {
        SnClientConfig config = SnClientConfig.builder("dev-02")
                .outboxOctets(1000)
                .topics(20)
                .topicOctets(500)
                .inboundIds(9)
                .replies(6)
                .will("dev/lwt", new byte[30], 0)
                .predefined(5, "site/valve")
                .build();
        long measured = Allocation.of(() -> client = new SnClient(config, new SnQuietListener())) - 16;
        assertEquals(config.memoryOctets(), measured, () -> table(config));
    }

    @Test
    void aDefaultClientTakesLessThan1KiBBesidesItsOutbox() {
        SnClientConfig config = SnClientConfig.builder("dev-01").build();
        assertThat(config.memoryOctets() - new SnClientMemoryConfig(config).octets(0))
                .isLessThan(1024);
    }

    @Test
    void theReadmeHasTheTableOfADefaultClient() throws IOException {
        SnClientMemoryConfig memory =
                new SnClientMemoryConfig(SnClientConfig.builder("dev-01").build());
        String readme = Files.readString(Path.of("README.md"));
        for (int row = 0; row < memory.rows(); row++) {
            assertThat(readme).contains("| " + memory.name(row) + " | " + memory.octets(row) + " |");
        }
        assertThat(readme).contains("| **all** | **" + memory.totalOctets() + "** |");
    }

    private static String table(SnClientConfig config) {
        SnClientMemoryConfig memory = new SnClientMemoryConfig(config);
        StringBuilder s = new StringBuilder();
        for (int row = 0; row < memory.rows(); row++) {
            s.append(String.format("%n%-16s %5d", memory.name(row), memory.octets(row)));
        }
        return s.toString();
    }
}
