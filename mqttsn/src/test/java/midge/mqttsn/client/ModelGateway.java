package midge.mqttsn.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import midge.mqttsn.codec.SnAck;
import midge.mqttsn.codec.SnConnack;
import midge.mqttsn.codec.SnConnect;
import midge.mqttsn.codec.SnDisconnect;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnPing;
import midge.mqttsn.codec.SnPuback;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnRegack;
import midge.mqttsn.codec.SnRegister;
import midge.mqttsn.codec.SnSuback;
import midge.mqttsn.codec.SnSubscribe;
import midge.mqttsn.codec.SnText;
import midge.mqttsn.codec.SnType;
import midge.wire.Status;

/**
 * A small honest gateway for one client: it keeps QoS 2 state over reconnects, forgets topic ids at each full CONNECT, has one message
 * at a time under way to the client, and holds messages while the client sleeps. Two things keep it honest on a link that reorders: a
 * topic id is never given out twice, so a stale one is unknown instead of another topic, and MsgIds that are done are remembered.
 */
final class ModelGateway {
    private static final int RETRY_MS = 2_000;

    /** What the client has published, in order of arrival: {@code "topic data"}. */
    final List<String> received = new ArrayList<>();

    private final Deque<byte[]> out = new ArrayDeque<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Integer, String> names = new HashMap<>();
    private final Set<Integer> halfWay = new HashSet<>();
    /** A frame that the link has delayed may come after its exchange is over. */
    private final Set<Integer> done = new HashSet<>();

    private final Deque<String[]> queue = new ArrayDeque<>();
    private final byte[] frame = new byte[300];
    private String state = "DISCONNECTED";
    private int lastId;
    private int lastMsgId = 40_000;
    private String[] open;
    private int openMsgId;
    private String await = "";
    private long retryAtMs = Long.MAX_VALUE;

    /** A message for the client. @param qos "0", "1" or "2" */
    void send(String topic, String qos, String data, long nowMs) {
        queue.add(new String[] {topic, qos, data});
        pump(nowMs);
    }

    boolean isIdle() {
        return queue.isEmpty() && open == null;
    }

    long deadlineMs() {
        return retryAtMs;
    }

    byte[] poll() {
        return out.poll();
    }

    void onTimeout(long nowMs) {
        if (nowMs >= retryAtMs) {
            sendOpen(true, nowMs);
        }
    }

    void onDatagram(byte[] f, long nowMs) {
        SnMessage m = new SnMessage();
        if (m.wrap(f, 0, f.length) != Status.OK) {
            throw new AssertionError("the client sent what is no frame: " + SnText.of(f));
        }
        switch (m.type()) {
            case SnType.CONNECT:
                connect(f);
                break;
            case SnType.REGISTER: {
                SnRegister v = new SnRegister();
                v.wrap(f, 0, f.length);
                int id = id(SnText.text(f, v.nameOffset(), v.nameLength()));
                emit(SnRegack.encode(frame, 0, 300, id, v.msgId(), 0));
                break;
            }
            case SnType.PUBLISH:
                publish(f);
                break;
            case SnType.PUBREL:
                halfWay.remove(m.msgId());
                done.add(m.msgId());
                emit(SnAck.encode(frame, 0, 300, SnType.PUBCOMP, m.msgId()));
                break;
            case SnType.SUBSCRIBE: {
                SnSubscribe v = new SnSubscribe();
                v.wrap(f, 0, f.length);
                emit(SnSuback.encode(frame, 0, 300, v.flags(), 0, v.msgId(), 0));
                break;
            }
            case SnType.PINGREQ:
                ping(m.bodyLength() > 0, nowMs);
                break;
            case SnType.DISCONNECT: {
                SnDisconnect v = new SnDisconnect();
                v.wrap(f, 0, f.length);
                state = v.durationS() > 0 ? "ASLEEP" : "DISCONNECTED";
                retryAtMs = Long.MAX_VALUE;
                emit(SnDisconnect.encode(frame, 0, 300, 0));
                break;
            }
            default:
                answer(m, nowMs);
        }
        pump(nowMs);
    }

    private void connect(byte[] f) {
        SnConnect v = new SnConnect();
        v.wrap(f, 0, f.length);
        boolean resumed = (state.equals("ASLEEP") || state.equals("AWAKE")) && !v.cleanSession();
        if (!resumed) {
            ids.clear();
            names.clear();
        }
        if (open != null && (await.equals("REGACK") || await.equals("PUBACK") || await.equals("PUBREC"))) {
            await = "";
        }
        state = "ACTIVE";
        retryAtMs = open == null ? Long.MAX_VALUE : 0;
        emit(SnConnack.encode(frame, 0, 300, SnType.CONNACK, 0));
    }

    private int id(String name) {
        Integer id = ids.get(name);
        if (id == null) {
            id = ++lastId;
            ids.put(name, id);
            names.put(id, name);
        }
        return id;
    }

    private void publish(byte[] f) {
        SnPublish v = new SnPublish();
        v.wrap(f, 0, f.length);
        String name =
                v.topicIdType() == SnFlags.TOPIC_SHORT ? SnText.text(f, v.topicIdOffset(), 2) : names.get(v.topicId());
        int msgId = v.qos() > 0 ? v.msgId() : 0;
        if (v.qos() == 2 && halfWay.contains(msgId)) {
            emit(SnAck.encode(frame, 0, 300, SnType.PUBREC, msgId));
            return;
        }
        if (name == null) {
            emit(SnPuback.encode(frame, 0, 300, v.topicId(), msgId, 2));
            return;
        }
        if (v.qos() == 2 && done.contains(msgId)) {
            return;
        }
        received.add(name + " " + SnText.text(f, v.dataOffset(), v.dataLength()));
        if (v.qos() == 1) {
            emit(SnPuback.encode(frame, 0, 300, v.topicId(), msgId, 0));
        } else if (v.qos() == 2) {
            halfWay.add(msgId);
            emit(SnAck.encode(frame, 0, 300, SnType.PUBREC, msgId));
        }
    }

    private void ping(boolean wakeUp, long nowMs) {
        if (wakeUp && state.equals("DISCONNECTED")) {
            emit(SnDisconnect.encode(frame, 0, 300, 0));
        } else if (wakeUp && !state.equals("ACTIVE")) {
            state = "AWAKE";
            retryAtMs = open == null ? Long.MAX_VALUE : nowMs;
        } else {
            emit(SnPing.encodeResponse(frame, 0, 300));
        }
    }

    private void answer(SnMessage m, long nowMs) {
        boolean mine = open != null && m.msgId() == openMsgId;
        if (mine && m.type() == SnType.REGACK && await.equals("REGACK")) {
            await = "";
            sendOpen(false, nowMs);
        } else if (mine && m.type() == SnType.PUBACK && m.returnCode() == 2 && !await.equals("PUBCOMP")) {
            ids.remove(open[0]);
            await = "";
            sendOpen(true, nowMs);
        } else if (mine && m.type() == SnType.PUBREC && await.equals("PUBREC")) {
            await = "PUBCOMP";
            sendOpen(false, nowMs);
        } else if (mine
                && (m.type() == SnType.PUBACK && await.equals("PUBACK")
                        || m.type() == SnType.PUBCOMP && await.equals("PUBCOMP"))) {
            open = null;
            await = "";
            retryAtMs = Long.MAX_VALUE;
        }
    }

    private void pump(long nowMs) {
        boolean listening = state.equals("ACTIVE") || state.equals("AWAKE");
        while (listening && open == null && !queue.isEmpty()) {
            open = queue.poll();
            openMsgId = ++lastMsgId;
            sendOpen(false, nowMs);
        }
        if (listening && retryAtMs <= nowMs) {
            sendOpen(true, nowMs);
        }
        if (state.equals("AWAKE") && open == null) {
            state = "ASLEEP";
            emit(SnPing.encodeResponse(frame, 0, 300));
        }
    }

    /** Sends the next frame of the message under way: REGISTER, PUBLISH or PUBREL. */
    private void sendOpen(boolean again, long nowMs) {
        if (!state.equals("ACTIVE") && !state.equals("AWAKE")) {
            retryAtMs = Long.MAX_VALUE;
            return;
        }
        retryAtMs = nowMs + RETRY_MS;
        if (await.equals("PUBCOMP")) {
            emit(SnAck.encode(frame, 0, 300, SnType.PUBREL, openMsgId));
            return;
        }
        byte[] name = Script.utf8(open[0]);
        if (await.equals("REGACK") || !ids.containsKey(open[0])) {
            await = "REGACK";
            emit(SnRegister.encode(frame, 0, 300, id(open[0]), openMsgId, name, 0, name.length));
            return;
        }
        byte[] data = Script.utf8(open[2]);
        int qos = Integer.parseInt(open[1]);
        int flags = SnFlags.ofQos(qos) | (again ? SnFlags.DUP : 0);
        emit(SnPublish.encode(frame, 0, 300, flags, ids.get(open[0]), openMsgId, data, 0, data.length));
        await = qos == 1 ? "PUBACK" : "PUBREC";
        if (qos == 0) {
            open = null;
            await = "";
            retryAtMs = Long.MAX_VALUE;
        }
    }

    private void emit(int length) {
        byte[] copy = new byte[length];
        System.arraycopy(frame, 0, copy, 0, length);
        out.add(copy);
    }
}
