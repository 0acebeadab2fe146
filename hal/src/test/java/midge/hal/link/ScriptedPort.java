package midge.hal.link;

import java.io.ByteArrayOutputStream;
import midge.hal.Hal;
import midge.hal.SerialPort;
import midge.profile.Hex;

/** A port that takes and gives no more octets than it is allowed. */
final class ScriptedPort implements SerialPort {
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private byte[] waiting = new byte[0];
    private int waitingAt;
    int room = Integer.MAX_VALUE;
    int perRead = Integer.MAX_VALUE;
    boolean gone;

    void arrives(String hex) {
        waiting = Hex.bytes(hex);
        waitingAt = 0;
    }

    /** @return what was written since the last call */
    String sent() {
        String hex = Hex.of(sent.toByteArray());
        sent.reset();
        return hex;
    }

    @Override
    public int write(byte[] octets, int offset, int length) {
        if (gone) {
            return Hal.GONE;
        }
        int taken = Math.min(room, length);
        room -= taken;
        sent.write(octets, offset, taken);
        return taken;
    }

    @Override
    public int read(byte[] into, int offset, int capacity) {
        if (gone) {
            return Hal.GONE;
        }
        int count = Math.min(perRead, Math.min(capacity, waiting.length - waitingAt));
        System.arraycopy(waiting, waitingAt, into, offset, count);
        waitingAt += count;
        return count;
    }

    @Override
    public void close() {
        gone = true;
    }
}
