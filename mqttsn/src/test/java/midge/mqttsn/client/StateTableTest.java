package midge.mqttsn.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnText;
import midge.profile.Hex;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

/**
 * The whole state machine: every situation that a client can be in, against every frame that a gateway can send and every deadline. The
 * expected outcome of each pair is a line of {@code state-table.txt}; a frame without a line must be taken for stray and change nothing,
 * neither state nor deadline, and cause no frame and no event.
 */
class StateTableTest {
    private static final String[] STATES = {
        "DISCONNECTED", "CONNECTING", "ACTIVE", "FALLING_ASLEEP", "ASLEEP", "AWAKE", "DISCONNECTING", "LOST"
    };

    private static final Map<String, Supplier<Script>> SITUATIONS = new LinkedHashMap<>();
    private static final Map<String, Consumer<Script>> INPUTS = new LinkedHashMap<>();

    static {
        situation("disconnected", Script::ofDefaults);
        situation("connecting", () -> connecting(""));
        situation("connecting, will topic sent", () -> connecting("02 06"));
        situation("connecting, will message sent", () -> connecting("02 06", "02 08"));
        situation("active", StateTableTest::active);
        situation("active, registering", () -> busy(s -> s.register("a/b")));
        situation("active, registering to publish", () -> busy(s -> s.publish("a/b", SnFlags.QOS_1, "x")));
        situation("active, publishing at QoS 1", () -> busy(s -> s.publish("t1", SnFlags.QOS_1, "x")));
        situation("active, publishing at QoS 2", () -> busy(s -> s.publish("t1", SnFlags.QOS_2, "x")));
        situation("active, released at QoS 2", () -> {
            Script s = busy(c -> c.publish("t1", SnFlags.QOS_2, "x"));
            s.answer("04 0F 00 01").poll();
            return s;
        });
        situation("active, subscribing", () -> busy(s -> s.subscribe("a/#", SnFlags.QOS_1)));
        situation("active, unsubscribing", () -> busy(s -> s.unsubscribe("a/#")));
        situation("active, updating its will topic", () -> busy(s -> will(s, true)));
        situation("active, updating its will message", () -> busy(s -> will(s, false)));
        situation("active, pinging", () -> {
            Script s = active();
            s.after(50_000).poll();
            return s;
        });
        situation("active, held back by congestion", () -> {
            Script s = busy(c -> c.publish("t1", SnFlags.QOS_1, "x"));
            return s.answer("07 0D 74 31 00 01 01");
        });
        situation("falling asleep", () -> busy(s -> s.client.sleep(600, s.nowMs)));
        situation("asleep", () -> {
            Script s = busy(c -> c.client.sleep(600, c.nowMs));
            return s.answer("02 18").event("asleep fell");
        });
        situation("awake", () -> awakeAfter(10_000));
        situation("awake within T_retry of falling asleep", () -> awakeAfter(0));
        situation("coming back", () -> {
            Script s = awakeAfter(10_000);
            s.client.connect(s.nowMs);
            s.poll();
            return s;
        });
        situation("active within T_retry of falling asleep", () -> {
            Script s = awakeAfter(0);
            s.client.connect(s.nowMs);
            s.poll();
            return s.answer("03 05 00").event("resumed");
        });
        situation("disconnecting", () -> busy(s -> s.client.disconnect(s.nowMs)));
        situation("refused for congestion", () -> connecting("03 05 01").event("disconnected refused 1"));
        situation("lost", () -> {
            Script s = connecting("");
            for (int i = 0; i < 4; i++) {
                s.after(10_000).poll();
            }
            return s.event("disconnected gateway lost");
        });

        frame("ADVERTISE", "05 00 01 03 84");
        frame("SEARCHGW", "03 01 01");
        frame("GWINFO", "03 02 01");
        frame("CONNECT", "07 04 00 01 00 3C 61");
        frame("CONNACK accepted", "03 05 00");
        frame("CONNACK congestion", "03 05 01");
        frame("CONNACK not supported", "03 05 03");
        frame("WILLTOPICREQ", "02 06");
        frame("WILLTOPIC", "0C 07 30 64 65 76 2F 6C 77 74 2F 31");
        frame("WILLMSGREQ", "02 08");
        frame("WILLMSG", "06 09 67 6F 6E 65");
        frame("REGISTER", "09 0A 00 05 00 01 61 2F 63");
        frame("REGACK accepted", "07 0B 00 07 00 01 00");
        frame("REGACK congestion", "07 0B 00 00 00 01 01");
        frame("REGACK not supported", "07 0B 00 00 00 01 03");
        frame("REGACK of another MsgId", "07 0B 00 07 00 02 00");
        frame("PUBLISH QoS 0", "08 0C 02 74 32 00 00 79");
        frame("PUBLISH QoS 1", "08 0C 22 74 32 00 01 79");
        frame("PUBLISH QoS 2", "08 0C 42 74 32 00 01 79");
        frame("PUBLISH QoS -1", "08 0C 62 74 32 00 00 79");
        frame("PUBLISH unknown topic id", "08 0C 20 00 63 00 01 79");
        frame("PUBACK accepted", "07 0D 74 31 00 01 00");
        frame("PUBACK congestion", "07 0D 74 31 00 01 01");
        frame("PUBACK invalid topic id", "07 0D 74 31 00 01 02");
        frame("PUBACK not supported", "07 0D 74 31 00 01 03");
        frame("PUBACK of another MsgId", "07 0D 74 31 00 02 00");
        frame("PUBACK QoS 0, congestion", "07 0D 74 31 00 00 01");
        frame("PUBACK QoS 0, invalid topic id", "07 0D 74 31 00 00 02");
        frame("PUBREC", "04 0F 00 01");
        frame("PUBREC of another MsgId", "04 0F 00 02");
        frame("PUBREL", "04 10 00 01");
        frame("PUBCOMP", "04 0E 00 01");
        frame("PUBCOMP of another MsgId", "04 0E 00 02");
        frame("SUBSCRIBE", "07 12 41 00 04 00 05");
        frame("SUBACK accepted", "08 13 20 00 00 00 01 00");
        frame("SUBACK congestion", "08 13 00 00 00 00 01 01");
        frame("SUBACK not supported", "08 13 00 00 00 00 01 03");
        frame("SUBACK of another MsgId", "08 13 20 00 00 00 02 00");
        frame("UNSUBSCRIBE", "07 14 01 00 04 00 05");
        frame("UNSUBACK", "04 15 00 01");
        frame("UNSUBACK of another MsgId", "04 15 00 02");
        frame("PINGREQ", "02 16");
        frame("PINGREQ with ClientId", "08 16 64 65 76 2D 30 31");
        frame("PINGRESP", "02 17");
        frame("DISCONNECT", "02 18");
        frame("WILLTOPICUPD", "0C 1A 50 64 65 76 2F 6C 77 74 2F 32");
        frame("WILLTOPICRESP accepted", "03 1B 00");
        frame("WILLTOPICRESP not supported", "03 1B 03");
        frame("WILLMSGUPD", "05 1C 62 79 65");
        frame("WILLMSGRESP accepted", "03 1D 00");
        frame("WILLMSGRESP not supported", "03 1D 03");
        frame("envelope", "05 FE 00 00 2A 02 17");
        INPUTS.put("first deadline", s -> s.after(Math.min(s.deadlineIn(), 1_000_000)));
        INPUTS.put("deadline after all resends", s -> {
            for (int i = 0; i < 3; i++) {
                s.after(10_000).poll();
            }
            s.after(10_000);
        });
        INPUTS.put("leap over T_wait", s -> s.after(301_000));
    }

    private static void situation(String name, Supplier<Script> make) {
        SITUATIONS.put(name, make);
    }

    private static void frame(String name, String hex) {
        INPUTS.put(name, s -> {
            byte[] f = Hex.bytes(hex);
            assertEquals(
                    name.split(" ")[0],
                    name.equals("envelope") ? "envelope" : SnText.of(f).split(" ")[0]);
            s.client.onDatagram(f, 0, f.length, s.nowMs);
        });
    }

    private static SnClientConfig config() {
        return Script.defaults()
                .will("dev/lwt/1", Script.utf8("gone"), SnFlags.QOS_1)
                .build();
    }

    private static Script connecting(String... frames) {
        Script s = new Script(config());
        s.client.connect(s.nowMs);
        s.poll();
        for (String frame : frames) {
            if (!frame.isEmpty()) {
                s.answer(frame).poll();
            }
        }
        return s;
    }

    private static Script active() {
        return connecting("02 06", "02 08", "03 05 00").event("connected");
    }

    private static Script busy(Consumer<Script> request) {
        Script s = active();
        request.accept(s);
        s.poll();
        return s;
    }

    private static Script awakeAfter(long sleptMs) {
        Script s = busy(c -> c.client.sleep(600, c.nowMs));
        s.answer("02 18").event("asleep fell").after(sleptMs);
        s.client.wake(s.nowMs);
        s.poll();
        return s;
    }

    private static void will(Script s, boolean topic) {
        if (topic) {
            s.client.updateWillTopic(0, Script.utf8("dev/lwt"), 0, 7, s.nowMs);
        } else {
            s.client.updateWillMessage(Script.utf8("bye"), 0, 3, s.nowMs);
        }
    }

    @Test
    void everyStateTakesEveryFrameAndDeadlineAsTheTableSays() throws IOException {
        List<String> actual = new ArrayList<>();
        SITUATIONS.forEach((situation, make) -> {
            actual.add("[" + situation + "]");
            INPUTS.forEach((input, act) -> {
                String outcome = outcome(make.get(), act);
                if (outcome != null) {
                    actual.add(input + " -> " + outcome);
                }
            });
        });
        String text = String.join("\n", actual) + "\n";
        Files.writeString(Path.of("target", "state-table.actual.txt"), text);
        assertEquals(expected(), text);
    }

    private static String expected() throws IOException {
        try (InputStream in = StateTableTest.class.getResourceAsStream("/midge/mqttsn/state-table.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^#.*\n", "");
        }
    }

    /** @return what happens, or null when the input changes nothing at all but the count of stray frames */
    private static String outcome(Script s, Consumer<Script> act) {
        String before = view(s);
        int stray = s.client.counters().stray();
        act.accept(s);
        StringBuilder frames = new StringBuilder();
        for (String frame = s.poll(); !frame.equals("nothing"); frame = s.poll()) {
            frames.append("; sends ").append(frame);
        }
        String after = view(s) + frames + s.takeEvents();
        boolean isStray = s.client.counters().stray() == stray + 1;
        return isStray && after.equals(before) ? null : after + (isStray ? "; stray" : "");
    }

    private static String view(Script s) {
        long deadline = s.deadlineIn();
        return STATES[s.client.state()] + ", next " + (deadline == Long.MAX_VALUE ? "never" : "in " + deadline + " ms");
    }

    @Test
    void leavesNoTypeOut() {
        byte[] f = new byte[2];
        f[0] = 2;
        for (int type = 0; type < 256; type++) {
            f[1] = (byte) type;
            Script s = active();
            int status = s.client.onDatagram(f, 0, 2, s.nowMs);
            boolean named =
                    INPUTS.keySet().stream().anyMatch(name -> SnTypeNames.of(name.split(" ")[0]) == (f[1] & 0xFF));
            assertEquals(named, status != Status.UNSUPPORTED, "type " + type);
        }
    }
}
