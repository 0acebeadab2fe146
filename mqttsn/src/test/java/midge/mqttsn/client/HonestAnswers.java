package midge.mqttsn.client;

import java.util.ArrayDeque;
import java.util.Deque;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnType;

/** What a gateway without memory answers to each frame of a client, as octets. */
final class HonestAnswers {
    private static final int KEPT = 20;
    private final Deque<byte[]> answers = new ArrayDeque<>();

    /** @return the oldest answer that was not taken, or {@code null} */
    byte[] takeAnswer() {
        return answers.poll();
    }

    /** @return the newest answer, which stays; empty without one */
    byte[] lastAnswer() {
        return answers.isEmpty() ? new byte[0] : answers.peekLast();
    }

    void onFrame(byte[] f) {
        int at = f[0] == 1 ? 3 : 1;
        int type = f[at] & 0xFF;
        int flags = f.length > at + 1 ? f[at + 1] : 0;
        switch (type) {
            case SnType.CONNECT -> add((flags & SnFlags.WILL) != 0 ? frame(2, 0x06) : frame(3, 0x05, 0));
            case SnType.WILLTOPIC -> add(frame(2, 0x08));
            case SnType.WILLMSG -> add(frame(3, 0x05, 0));
            case SnType.WILLTOPICUPD -> add(frame(3, 0x1B, 0));
            case SnType.WILLMSGUPD -> add(frame(3, 0x1D, 0));
            case SnType.REGISTER -> add(frame(7, 0x0B, 0, 9, f[at + 3], f[at + 4], 0));
            case SnType.PUBLISH -> onPublish(f, at, SnFlags.qos(flags));
            case SnType.PUBREL -> add(frame(4, 0x0E, f[at + 1], f[at + 2]));
            case SnType.PUBREC -> add(frame(4, 0x10, f[at + 1], f[at + 2]));
            case SnType.SUBSCRIBE -> add(frame(8, 0x13, flags & SnFlags.QOS_MASK, 0, 9, f[at + 2], f[at + 3], 0));
            case SnType.UNSUBSCRIBE -> add(frame(4, 0x15, f[at + 2], f[at + 3]));
            case SnType.PINGREQ -> add(frame(2, 0x17));
            case SnType.DISCONNECT -> add(frame(2, 0x18));
            default -> {}
        }
    }

    private void onPublish(byte[] f, int at, int qos) {
        if (qos == 1) {
            add(frame(7, 0x0D, f[at + 2], f[at + 3], f[at + 4], f[at + 5], 0));
        } else if (qos == 2) {
            add(frame(4, 0x0F, f[at + 4], f[at + 5]));
        }
    }

    private void add(byte[] answer) {
        answers.add(answer);
        if (answers.size() > KEPT) {
            answers.remove();
        }
    }

    private static byte[] frame(int... octets) {
        byte[] frame = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            frame[i] = (byte) octets[i];
        }
        return frame;
    }
}
