package midge.runtime.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.wire.Prng;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void waitsGrowToTheLimitAndStayThere() {
        Backoff backoff = new Backoff(1_000, 60_000, new Prng(1));
        int[] limits = {1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000};
        for (int limit : limits) {
            int wait = backoff.nextMs();
            assertTrue(wait >= limit / 2 && wait <= limit, wait + " for a limit of " + limit);
        }
        backoff.reset();
        assertTrue(backoff.nextMs() <= 1_000);
    }

    @Test
    void devicesThatFellTogetherPart() {
        assertNotEquals(
                new Backoff(9_999, 60_000, new Prng(1)).nextMs(), new Backoff(9_999, 60_000, new Prng(2)).nextMs());
    }

    @Test
    void theLargestLimitsDoNotOverflow() {
        Backoff backoff = new Backoff(1, Integer.MAX_VALUE, new Prng(3));
        for (int i = 0; i < 100; i++) {
            assertTrue(backoff.nextMs() >= 0);
        }
        assertTrue(backoff.nextMs() >= Integer.MAX_VALUE / 2);
        assertEquals(1, new Backoff(1, 1, new Prng(3)).nextMs());
    }

    @Test
    void refusesALimitBelowTheFirstWait() {
        assertThrows(IllegalArgumentException.class, () -> new Backoff(100, 99, new Prng(1)));
    }
}
