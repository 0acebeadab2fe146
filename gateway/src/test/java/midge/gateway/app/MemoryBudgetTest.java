package midge.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.config.GatewayConfig;
import org.junit.jupiter.api.Test;

/** The line that is printed at the start. */
class MemoryBudgetTest {
    private static final long GIB = 1024L * 1024 * 1024;

    private static String line(int dtlsSessions, long heap) {
        GatewayConfig config = GatewayConfig.builder().poolMiB(64).build();
        return new MemoryBudget(config, dtlsSessions).line(heap);
    }

    @Test
    void sessionsOfDtlsCountWhereThereAreSome() {
        assertThat(line(0, GIB)).contains(" + 64 MiB queues = ").doesNotContain("DTLS");
        assertThat(line(10_240, GIB)).contains(" + 64 MiB queues + 60 MiB DTLS sessions = ");
    }

    @Test
    void aHeapThatIsTooSmallIsTold() {
        assertThat(line(10_240, 64 << 20)).contains("heap 64 MiB, which is too little");
        assertThat(line(10_240, GIB)).doesNotContain("too little");
    }
}
