package midge.runtime.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

class RamOutboxTest {
    private final Outbox outbox = new RamOutbox(3, 5);
    private final byte[] room = new byte[8];

    private int add(String payload, int token) {
        byte[] bytes = ("##" + payload).getBytes(StandardCharsets.US_ASCII);
        return outbox.add(token * 10, token % 3, bytes, 2, payload.length(), token, token * 100L);
    }

    private String at(int position) {
        int length = outbox.payload(position, room, 1, 5);
        return new String(room, 1, length, StandardCharsets.US_ASCII);
    }

    @Test
    void givesBackWhatWasAddedOldestFirst() {
        assertEquals(Status.OK, add("21.38", 1));
        assertEquals(Status.OK, add("", 2));
        assertEquals(2, outbox.depth());
        assertEquals("21.38", at(0));
        assertEquals(10, outbox.topic(0));
        assertEquals(1, outbox.qos(0));
        assertEquals(1, outbox.token(0));
        assertEquals(100, outbox.stampMs(0));
        assertEquals("", at(1));
        assertEquals(2, outbox.token(1));
    }

    @Test
    void refusesWhatDoesNotFitAndChangesNothing() {
        assertEquals(Status.TOO_LARGE, add("123456", 1));
        for (int i = 0; i < 3; i++) {
            assertEquals(Status.OK, add("x" + i, i));
        }
        assertEquals(Status.BUSY, add("y", 9));
        assertEquals(3, outbox.depth());
        assertEquals("x2", at(2));
        assertEquals(Status.TOO_SMALL, outbox.payload(0, room, 0, 1));
    }

    @Test
    void keepsTheOrderWhereverMessagesAreTakenOut() {
        Outbox box = new RamOutbox(7, 4);
        List<Integer> model = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(3);
        for (int token = 0; token < 2_000; token++) {
            if (model.size() == 7 || (!model.isEmpty() && random.nextInt(2) == 0)) {
                int position = random.nextInt(model.size());
                box.remove(position);
                model.remove(position);
            }
            byte[] payload = {(byte) token, (byte) (token >> 8)};
            assertEquals(Status.OK, box.add(0, 0, payload, 0, 2, token, 0));
            model.add(token);
            for (int i = 0; i < model.size(); i++) {
                assertEquals(model.get(i), box.token(i));
                assertEquals(2, box.payload(i, room, 0, 8));
                assertEquals(model.get(i), (room[0] & 0xFF) | (room[1] & 0xFF) << 8);
            }
            assertEquals(model.size(), box.depth());
        }
    }
}
