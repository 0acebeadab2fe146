package midge.runtime.task;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import midge.hal.link.DatagramLink;
import midge.mqttsn.codec.SnType;
import midge.wire.Bytes;

/**
 * A link with a small gateway at its other end that answers at once, loses what it is told to lose, and keeps for a sleeping device what is
 * sent to it. Written without the codec under test; allocates nothing while {@link #recording} is off.
 */
final class FakeGateway implements DatagramLink {
    private static final int SLOTS = 64;

    /** What came in and was not lost, e.g. {@code PUBLISH site/7/t=21.38 q1}. */
    final List<String> frames = new ArrayList<>();
    /** What a broker behind it would have: {@code topic=payload}, {@code (r)} behind a retained one. */
    final List<String> broker = new ArrayList<>();

    boolean recording = true;
    /** Whether what is kept comes with CONNECT too, not only with PINGREQ. */
    boolean deliversOnConnect = true;

    /** Neither hears nor speaks. */
    boolean deaf;
    /** Lost in each direction, 0..100. */
    int lossPercent;

    int connackCode;
    int subackCode;
    int pubackCode;
    /** What {@link #send} answers instead of taking the frame; 1 for taking it. */
    int linkStatus = 1;

    int receiveStatus;
    int peer = GATEWAY;
    int sends;
    int published;
    boolean asleep;
    boolean connected;

    private final SplittableRandom random = new SplittableRandom(42);
    private final byte[][] topics = new byte[64][];
    private int topicCount;
    private final byte[][] queue = new byte[SLOTS][256];
    private final int[] lengths = new int[SLOTS];
    private int head;
    private int count;
    private final List<String[]> kept = new ArrayList<>();
    private int lastMsgId;
    private final boolean[] received2 = new boolean[0x10000];
    private int downMsgId = 100;

    public int mtu() {
        return 255;
    }

    public int send(int peer, byte[] frame, int offset, int length) {
        if (linkStatus != 1) {
            return linkStatus;
        }
        sends++;
        if (!deaf && random.nextInt(100) >= lossPercent) {
            onFrame(frame, offset, length);
        }
        return length;
    }

    public int receive(byte[] into, int offset, int capacity) {
        if (receiveStatus < 0) {
            return receiveStatus;
        }
        if (count == 0) {
            return 0;
        }
        int length = lengths[head];
        System.arraycopy(queue[head], 0, into, offset, length);
        head = (head + 1) % SLOTS;
        count--;
        return length;
    }

    public int lastPeer() {
        return peer;
    }

    boolean pending() {
        return count > 0;
    }

    /** Sends a frame, which may get lost. */
    void answer(int... octets) {
        if (!deaf && random.nextInt(100) >= lossPercent) {
            int slot = (head + count++) % SLOTS;
            queue[slot][0] = (byte) (octets.length + 1);
            for (int i = 0; i < octets.length; i++) {
                queue[slot][i + 1] = (byte) octets[i];
            }
            lengths[slot] = octets.length + 1;
        }
    }

    /** As {@link #answer} with the first {@code fields} octets after the type, without the array that many arguments cost. */
    private void reply(int fields, int type, int a, int b, int c, int d, int e) {
        if (!deaf && random.nextInt(100) >= lossPercent) {
            int slot = (head + count++) % SLOTS;
            byte[] out = queue[slot];
            out[0] = (byte) (fields + 2);
            out[1] = (byte) type;
            out[2] = (byte) a;
            out[3] = (byte) b;
            out[4] = (byte) c;
            out[5] = (byte) d;
            out[6] = (byte) e;
            lengths[slot] = fields + 2;
        }
    }

    /** A publisher at the broker sends {@code payload}; a device that sleeps gets it when it asks. */
    void publish(String topic, String payload) {
        if (asleep) {
            kept.add(new String[] {topic, payload});
        } else {
            deliver(topic, payload);
        }
    }

    private void deliverKept() {
        while (!kept.isEmpty()) {
            String[] message = kept.remove(0);
            deliver(message[0], message[1]);
        }
    }

    private void deliver(String topic, String payload) {
        int id = id(topic);
        int msgId = downMsgId++;
        int[] frame = new int[6 + payload.length()];
        int[] begin = {SnType.PUBLISH, 0x20, id >> 8, id & 0xFF, msgId >> 8, msgId & 0xFF};
        System.arraycopy(begin, 0, frame, 0, 6);
        for (int i = 0; i < payload.length(); i++) {
            frame[6 + i] = payload.charAt(i);
        }
        answer(frame);
    }

    private void onFrame(byte[] f, int at, int length) {
        int type = f[at + 1] & 0xFF;
        if (recording) {
            frames.add(describe(f, at, length));
        }
        switch (type) {
            case SnType.CONNECT:
                if ((f[at + 2] & 0x08) != 0) {
                    answer(SnType.WILLTOPICREQ);
                } else {
                    connack();
                }
                break;
            case SnType.WILLTOPIC:
                answer(SnType.WILLMSGREQ);
                break;
            case SnType.WILLMSG:
                connack();
                break;
            case SnType.REGISTER: {
                int id = id(text(f, at + 6, length - 6));
                reply(5, SnType.REGACK, id >> 8, id, f[at + 4], f[at + 5], 0);
                break;
            }
            case SnType.SUBSCRIBE: {
                String filter = text(f, at + 5, length - 5);
                int id = filter.indexOf('#') >= 0 || filter.indexOf('+') >= 0 ? 0 : id(filter);
                answer(SnType.SUBACK, f[at + 2] & 0x60, id >> 8, id, f[at + 3], f[at + 4], subackCode);
                break;
            }
            case SnType.PUBLISH:
                onPublish(f, at, length);
                break;
            case SnType.PUBREL:
                received2[Bytes.u16(f, at + 2)] = false;
                reply(2, SnType.PUBCOMP, f[at + 2], f[at + 3], 0, 0, 0);
                break;
            case SnType.PINGREQ:
                if (length > 2) {
                    deliverKept();
                }
                reply(0, SnType.PINGRESP, 0, 0, 0, 0, 0);
                break;
            case SnType.DISCONNECT:
                asleep = length > 2;
                connected = asleep;
                reply(0, SnType.DISCONNECT, 0, 0, 0, 0, 0);
                break;
            default:
                break;
        }
    }

    private void connack() {
        connected = connackCode == 0;
        asleep = false;
        reply(1, SnType.CONNACK, connackCode, 0, 0, 0, 0);
        if (connected && deliversOnConnect) {
            deliverKept();
        }
    }

    private void onPublish(byte[] f, int at, int length) {
        int qos = f[at + 2] >> 5 & 3;
        int msgId = Bytes.u16(f, at + 5);
        boolean again = (f[at + 2] & 0x80) != 0 && (qos == 2 ? received2[msgId] : msgId == lastMsgId);
        if (qos == 1 && pubackCode != 0) {
            reply(5, SnType.PUBACK, f[at + 3], f[at + 4], f[at + 5], f[at + 6], pubackCode);
            return;
        }
        if (!again) {
            published++;
            lastMsgId = msgId;
            if (recording) {
                boolean retain = (f[at + 2] & 0x10) != 0;
                broker.add(name(f, at) + "=" + text(f, at + 7, length - 7) + (retain ? "(r)" : ""));
            }
        }
        if (qos == 1) {
            reply(5, SnType.PUBACK, f[at + 3], f[at + 4], f[at + 5], f[at + 6], 0);
        } else if (qos == 2) {
            received2[msgId] = true;
            reply(2, SnType.PUBREC, f[at + 5], f[at + 6], 0, 0, 0);
        }
    }

    private int id(String topic) {
        byte[] bytes = topic.getBytes(StandardCharsets.UTF_8);
        for (int i = 1; i <= topicCount; i++) {
            if (java.util.Arrays.equals(topics[i], bytes)) {
                return i;
            }
        }
        topics[++topicCount] = bytes;
        return topicCount;
    }

    private String name(byte[] f, int at) {
        return new String(topics[Bytes.u16(f, at + 3)], StandardCharsets.UTF_8);
    }

    private static String text(byte[] f, int at, int length) {
        return new String(f, at, length, StandardCharsets.UTF_8);
    }

    private String describe(byte[] f, int at, int length) {
        switch (f[at + 1] & 0xFF) {
            case SnType.CONNECT:
                return "CONNECT" + ((f[at + 2] & 0x04) != 0 ? " clean" : "") + ((f[at + 2] & 0x08) != 0 ? " will" : "");
            case SnType.WILLTOPIC:
                return "WILLTOPIC " + text(f, at + 3, length - 3);
            case SnType.WILLMSG:
                return "WILLMSG " + text(f, at + 2, length - 2);
            case SnType.REGISTER:
                return "REGISTER " + text(f, at + 6, length - 6);
            case SnType.SUBSCRIBE:
                return "SUBSCRIBE " + text(f, at + 5, length - 5);
            case SnType.PUBLISH:
                return "PUBLISH " + name(f, at) + "=" + text(f, at + 7, length - 7) + " q" + (f[at + 2] >> 5 & 3);
            case SnType.PUBACK:
                return "PUBACK " + f[at + 6];
            case SnType.PINGREQ:
                return length > 2 ? "WAKE" : "PINGREQ";
            case SnType.DISCONNECT:
                return length > 2 ? "SLEEP " + Bytes.u16(f, at + 2) : "DISCONNECT";
            default:
                return "type " + (f[at + 1] & 0xFF);
        }
    }
}
