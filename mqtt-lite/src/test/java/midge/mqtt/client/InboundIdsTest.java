package midge.mqtt.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class InboundIdsTest {
    @Test
    void aBurstOfAnyLengthTakesOneRun() {
        InboundIds ids = new InboundIds(1);
        for (int id = 1; id <= 65_535; id++) {
            assertFalse(ids.contains(id));
            assertTrue(ids.add(id));
        }
        for (int id = 1; id <= 65_535; id++) {
            assertTrue(ids.contains(id));
            assertTrue(ids.remove(id));
            assertFalse(ids.contains(id));
        }
        assertTrue(ids.add(7));
    }

    @Test
    void doesNotForgetWhatItCannotPart() {
        InboundIds ids = new InboundIds(1);
        ids.add(1);
        ids.add(2);
        ids.add(3);
        assertFalse(ids.add(5));
        assertFalse(ids.remove(2));
        assertTrue(ids.contains(1) && ids.contains(2) && ids.contains(3));
        assertTrue(ids.remove(1));
        assertTrue(ids.remove(2));
        assertTrue(ids.contains(3));
    }

    @Test
    void isASetForAnyOrder() {
        Random random = new Random(0x1D5);
        for (int round = 0; round < 200; round++) {
            InboundIds ids = new InboundIds(8);
            Set<Integer> expected = new HashSet<>();
            for (int i = 0; i < 500; i++) {
                int id = 1 + random.nextInt(24);
                assertEquals(expected.contains(id), ids.contains(id));
                if (expected.contains(id)) {
                    if (ids.remove(id)) {
                        expected.remove(id);
                    }
                } else if (ids.add(id)) {
                    expected.add(id);
                } else {
                    assertTrue(expected.size() >= 8, "refused with " + expected);
                }
            }
            for (int id = 1; id <= 24; id++) {
                assertEquals(expected.contains(id), ids.contains(id));
            }
        }
    }

    @Test
    void holdsAnyIdentifiersUpToItsCapacityAndPartsThemInAnyOrder() {
        Random random = new Random(0x5E7);
        for (int round = 0; round < 200; round++) {
            InboundIds ids = new InboundIds(8);
            Set<Integer> expected = new HashSet<>();
            for (int i = 0; i < 500; i++) {
                int id = 65_535 - random.nextInt(12);
                if (expected.remove(id)) {
                    assertTrue(ids.remove(id));
                } else if (expected.size() < 8) {
                    expected.add(id);
                    assertTrue(ids.add(id));
                }
            }
        }
    }
}
