package midge.sim.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnType;
import midge.sim.SimulationFailure;
import midge.sim.check.Checker;
import midge.sim.check.Violation;
import midge.sim.net.FrameRewriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faulty firmware on either side, one kind for each checker: the checkers are known to bite. */
class SeededBugTest {
    private static final int WORLDS = 400;

    private final SnPublish publish = new SnPublish();

    /** A kind of bug, named after the checker that has to find it. */
    enum Bug {
        ACKNOWLEDGED_ARRIVED,
        QOS2_READING_ONCE,
        QOS2_COMMAND_ONCE,
        COMMANDS_HEARD,
        TOPICS_MEAN,
        NOTHING_INVENTED,
        ORDER_KEPT,
        ONE_OUTSTANDING,
        HONEST_RESENDS,
        SLEEPERS_LEFT_ALONE,
        SOUND_FRAMES,
        GATEWAY_BOUNDED,
        BACK_IN_TIME,
        OUTBOX_DRAINED,
        STORED_KEPT,
        NO_STORM;

        String checker() {
            StringBuilder name = new StringBuilder();
            for (String word : name().split("_")) {
                name.append(word.charAt(0)).append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
            }
            return name.toString();
        }
    }

    @Test
    void everyCheckerHasItsBug() {
        Set<String> bugs = new TreeSet<>();
        for (Bug bug : Bug.values()) {
            bugs.add(bug.checker());
        }
        Set<String> checkers = new TreeSet<>();
        for (Checker checker : Checkers.all()) {
            checkers.add(checker.getClass().getSimpleName());
        }
        assertThat(bugs).isEqualTo(checkers);
    }

    /** Only the checker watches that is meant: an acknowledged reading that is thrown away breaks several promises. */
    @ParameterizedTest
    @EnumSource
    void aBugIsCaughtByItsChecker(Bug bug) {
        boolean caught = false;
        for (long seed = 1; seed <= WORLDS && !caught; seed++) {
            SwarmRun run = new SwarmRun(seed, List.of(checker(bug)));
            plant(bug, run);
            try {
                run.play();
            } catch (SimulationFailure failure) {
                caught = failure.getCause() instanceof Violation violation
                        && violation.checker().equals(bug.checker());
                assertThat(caught).as(String.valueOf(failure)).isTrue();
            }
        }
        assertThat(caught).isTrue();
    }

    private static Checker checker(Bug bug) {
        return Checkers.all().stream()
                .filter(checker -> checker.getClass().getSimpleName().equals(bug.checker()))
                .findFirst()
                .orElseThrow();
    }

    private void plant(Bug bug, SwarmRun run) {
        int gateway = run.gatewayNode();
        Deque<byte[]> kept = new ArrayDeque<>();
        switch (bug) {
            // The gateway acknowledges a reading that it throws away.
            case ACKNOWLEDGED_ARRIVED ->
                run.network().rewrite((from, to, frame) -> {
                    if (to != gateway || !isPublish(frame, 1)) {
                        return frame;
                    }
                    run.network().inject(gateway, from, puback(frame));
                    return null;
                });
            // A device publishes what was acknowledged a second time, as a new message.
            case QOS2_READING_ONCE -> run.network().rewrite(repeating(run, true));
            // The gateway does so with a command.
            case QOS2_COMMAND_ONCE -> run.network().rewrite(repeating(run, false));
            // The gateway takes a command off the broker and never passes it on.
            case COMMANDS_HEARD ->
                run.network().rewrite((from, to, frame) -> {
                    if (from != gateway || !isPublish(frame, 1)) {
                        return frame;
                    }
                    run.network().inject(to, gateway, puback(frame));
                    return null;
                });
            // The gateway mixes two topic ids up.
            case TOPICS_MEAN ->
                run.network().rewrite((from, to, frame) -> {
                    if (to == gateway && isPublish(frame, -2) && publish.topicIdType() == SnFlags.TOPIC_NORMAL) {
                        frame[4] ^= 3; // 1 and 2
                    }
                    return frame;
                });
            // A bit flips in the payload.
            case NOTHING_INVENTED ->
                run.network().rewrite((from, to, frame) -> {
                    if (isPublish(frame, -2)) {
                        frame[frame.length - 1] ^= 0x40;
                    }
                    return frame;
                });
            // A device holds a reading back until the next but one.
            case ORDER_KEPT ->
                run.network().rewrite((from, to, frame) -> {
                    if (to != gateway || !isPublish(frame, 1)) {
                        return frame;
                    }
                    kept.add(frame.clone());
                    byte[] sent = kept.size() > 3 ? kept.pollLast() : null;
                    byte[] late = kept.size() > 2 ? kept.pollFirst() : null;
                    if (late != null) {
                        run.world().after(50, () -> run.network().inject(from, gateway, withId(late, 0x7001)));
                    }
                    if (sent == null) {
                        run.network().inject(gateway, from, puback(frame));
                    }
                    return sent;
                });
            // A device does not wait for the answer.
            case ONE_OUTSTANDING ->
                run.network().rewrite((from, to, frame) -> {
                    if (to == gateway && isPublish(frame, 1)) {
                        run.network().inject(from, to, withId(frame, publish.msgId() + 1));
                    }
                    return frame;
                });
            case HONEST_RESENDS ->
                run.network().rewrite((from, to, frame) -> {
                    if (isPublish(frame, -2)) {
                        frame[2] &= ~SnFlags.DUP;
                    }
                    return frame;
                });
            // The gateway thinks of something a second after it said PINGRESP.
            case SLEEPERS_LEFT_ALONE ->
                run.network().rewrite((from, to, frame) -> {
                    if (from == gateway && frame[1] == SnType.PINGRESP) {
                        byte[] late = {7, SnType.PUBLISH, 0, 0, 1, 0, 0};
                        run.world().after(1_000, () -> run.network().inject(gateway, to, late));
                    }
                    return frame;
                });
            case SOUND_FRAMES ->
                run.network().rewrite((from, to, frame) -> {
                    if (frame[1] == SnType.PUBACK) {
                        frame[0]++;
                    }
                    return frame;
                });
            // A leak: what comes in is never given back.
            case GATEWAY_BOUNDED -> {
                long[] leaked = {0};
                run.network().rewrite((from, to, frame) -> {
                    leaked[0] += to == gateway ? 200 : 0;
                    return frame;
                });
                run.falsifyGatewayOctets(octets -> octets + leaked[0]);
            }
            // The gateway forgets to answer one client.
            case BACK_IN_TIME ->
                run.network()
                        .rewrite((from, to, frame) ->
                                from == gateway && frame[1] == SnType.CONNACK && to == 1 ? null : frame);
            // A device believes forever that its message is under way: nothing but acknowledgements is lost.
            case OUTBOX_DRAINED ->
                run.network().rewrite((from, to, frame) -> {
                    boolean answer =
                            frame[1] == SnType.PUBACK || frame[1] == SnType.PUBREC || frame[1] == SnType.REGACK;
                    return from == gateway && answer ? null : frame;
                });
            // The driver of the flash says that octets are durable and does not wait until they are.
            case STORED_KEPT ->
                run.devices().forEach(device -> {
                    if (device.flash() != null) {
                        device.flash().forgetToSync();
                    }
                });
            case NO_STORM ->
                run.network().rewrite((from, to, frame) -> {
                    for (int i = 0; i < 100 && frame[1] == SnType.PINGREQ; i++) {
                        run.network().inject(from, to, frame);
                    }
                    return frame;
                });
        }
    }

    /** When an exchange of QoS 2 ends, it is begun again under another message id. */
    private FrameRewriter repeating(SwarmRun run, boolean up) {
        Map<Integer, byte[]> last = new HashMap<>();
        return (from, to, frame) -> {
            boolean ours = (to == run.gatewayNode()) == up;
            int device = up ? from : to;
            if (ours && isPublish(frame, 2)) {
                last.put(device, frame.clone());
            }
            byte[] begun = last.get(ours ? device : from == run.gatewayNode() ? to : from);
            if (!ours && frame[1] == SnType.PUBCOMP && begun != null) {
                byte[] again = withId(begun, 0x7002);
                again[2] &= ~SnFlags.DUP;
                run.world().after(200, () -> run.network().inject(to, from, again));
                last.remove(up ? to : from);
            }
            return frame;
        };
    }

    /** {@return whether it is a PUBLISH of this QoS; -2 for QoS 1 or 2} */
    private boolean isPublish(byte[] frame, int qos) {
        return publish.wrap(frame, 0, frame.length) >= 0 && (qos == -2 ? publish.qos() > 0 : publish.qos() == qos);
    }

    private static byte[] puback(byte[] publish) {
        return new byte[] {7, SnType.PUBACK, publish[3], publish[4], publish[5], publish[6], 0};
    }

    private static byte[] withId(byte[] publish, int msgId) {
        byte[] other = publish.clone();
        other[5] = (byte) (msgId >> 8);
        other[6] = (byte) msgId;
        return other;
    }
}
