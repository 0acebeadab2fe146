package midge.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("interpreted")
class AllocationTest {
    private byte[] kept = new byte[1];

    @Test
    void runsInterpretedSinceTheJitHidesAllocations() {
        assertTrue(ManagementFactory.getRuntimeMXBean().getInputArguments().contains("-Xint"));
    }

    @Test
    void seesNothingWhereNothingIsAllocated() {
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 100_000; i++) {
                kept[0]++;
            }
        }));
    }

    @Test
    void seesOneOctetLeakedInAHundredThousandTurns() {
        assertEquals(24, Allocation.of(() -> {
            for (int i = 0; i < 100_000; i++) {
                if (i == 50_000) {
                    kept = new byte[1];
                }
            }
        }));
    }

    @Test
    void seesAnArrayThatEscapeAnalysisWouldRemove() {
        long octets = Allocation.of(() -> {
            for (int i = 0; i < 1_000; i++) {
                int[] pair = {i, i + 1};
                kept[0] = (byte) (pair[0] + pair[1]);
            }
        });
        assertEquals(24_000, octets);
    }
}
