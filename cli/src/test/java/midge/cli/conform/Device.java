package midge.cli.conform;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A device by script: it sends what it is told and takes nothing but what it is told to expect. Messages are written in
 * {@link Notation}. Copies of messages that it has had are passed over, as on any radio; everything else that is not expected fails the
 * case.
 */
final class Device {
    private static final int PATIENCE_MS = 10_000;
    private static final int RESEND_MS = 400;
    private static final int RESENDS = 5;
    private static final int SEARCH_MS = 500;
    private static final int SEARCHES = 30;
    private static final String SEARCH = "SEARCHGW 00";
    private static final String FOUND = "GWINFO 01";
    private static final String COLLECTED = "PINGRESP";
    private static final int ON_ITS_WAY_MS = 200;

    private final Scene scene;
    private final String id;
    private final List<byte[]> had = new ArrayList<>();
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private Wire wire;
    private boolean justWoke;

    Device(Scene scene, String id, Wire wire) {
        this.scene = scene;
        this.id = id;
        this.wire = wire;
    }

    /** {@return the client id, as it is written in a message} */
    String id() {
        return "'" + id + "'";
    }

    /** Connects with a clean session and a keep alive of a minute. */
    Device connect() {
        return connect("04", 60);
    }

    /** Connects. */
    Device connect(String flags, int keepAliveS) {
        return ask("CONNECT %s 01 %04X %s".formatted(flags, keepAliveS, id()), "CONNACK 00");
    }

    /** Connects with a will; {@code clean} session or kept. */
    Device connectWithWill(boolean clean, int keepAliveS, int willQos, String topic, String message) {
        ask("CONNECT %s 01 %04X %s".formatted(clean ? "0C" : "08", keepAliveS, id()), "WILLTOPICREQ");
        ask("WILLTOPIC %02X '%s'".formatted(willQos << 5, topic), "WILLMSGREQ");
        return ask("WILLMSG '" + message + "'", "CONNACK 00");
    }

    /** Registers a name, whose id is then called {@code {name}}. */
    Device register(String topic, String name) {
        return ask("REGISTER 0000 0100 '" + topic + "'", "REGACK {" + name + "} 0100 00");
    }

    /** Subscribes to a name without wildcards, whose id is then called {@code {name}}. */
    Device subscribe(String topic, int qos, String name) {
        return ask(
                "SUBSCRIBE %02X 0200 '%s'".formatted(qos << 5, topic),
                "SUBACK %02X {%s} 0200 00".formatted(qos << 5, name));
    }

    /** Subscribes to a filter with wildcards. */
    Device subscribe(String filter, int qos) {
        return ask(
                "SUBSCRIBE %02X 0200 '%s'".formatted(qos << 5, filter), "SUBACK %02X 0000 0200 00".formatted(qos << 5));
    }

    /** Says goodbye. */
    void disconnect() {
        ask("DISCONNECT", "DISCONNECT");
    }

    /** Falls asleep. */
    void sleep(int seconds) {
        ask("DISCONNECT %04X".formatted(seconds), "DISCONNECT");
    }

    /** Wakes up to collect what is there, when the gateway has all that the broker has taken. */
    Device wake() {
        passOverCopies();
        justWoke = true;
        return tell("PINGREQ " + id());
    }

    /**
     * What the broker has written may still be on its way to the gateway, whose answer is then that nothing waits: on a busy machine
     * the octets of one socket may be much later than those of another.
     */
    private boolean wokeTooEarly(String message, byte[] frame) {
        boolean early = justWoke && !COLLECTED.equals(message) && scene.notation.mayBe(COLLECTED, frame);
        if (early) {
            justWoke = false;
            had.add(frame);
            scene.pass(ON_ITS_WAY_MS);
            tell("PINGREQ " + id());
        }
        return early;
    }

    /** Everything was collected. */
    Device asleepAgain() {
        expect(COLLECTED);
        return scene.mode == Mode.LOST ? wake().expect(COLLECTED) : this;
    }

    /** Sends something until it is answered: whoever is no client gets an answer only now and then (A33). */
    Device insist(String request, String answer) {
        resendUntil(scene.notation.frame(request), answer);
        return this;
    }

    /** Sends a request and takes the answer to it. */
    Device ask(String request, String answer) {
        byte[] frame = scene.notation.frame(request);
        scene.capture(true, frame);
        sendInWeather(frame);
        if (scene.mode == Mode.LOST) {
            byte[] lost = awaitFirst(answer);
            scene.log("lost    " + Notation.show(lost));
            byte[] second = resendUntil(Notation.again(frame), answer);
            if (!Arrays.equals(lost, second)) {
                throw scene.failure("the second answer is not the first one: " + Notation.show(second));
            }
        } else {
            expect(answer);
        }
        if (scene.mode == Mode.DUPLICATED) {
            passOverCopies();
        }
        return this;
    }

    /** Sends what gets no answer, or answers the gateway. */
    Device tell(String message) {
        byte[] frame = scene.notation.frame(message);
        scene.capture(true, frame);
        sendInWeather(frame);
        return this;
    }

    /** Sends octets as they are, Length included. */
    Device raw(String octets) {
        sendInWeather(scene.notation.octets(octets));
        return this;
    }

    private void sendInWeather(byte[] datagram) {
        send(datagram);
        if (scene.mode == Mode.DUPLICATED) {
            send(datagram);
        }
    }

    private void send(byte[] datagram) {
        scene.log(id + " > " + Notation.show(datagram));
        try {
            wire.send(datagram);
        } catch (IOException e) {
            throw scene.failure("cannot send: " + e);
        }
    }

    private byte[] resendUntil(byte[] frame, String answer) {
        for (int i = 0; i < RESENDS; i++) {
            send(frame);
            byte[] second = awaitAnswer(answer, i == RESENDS - 1 ? PATIENCE_MS : RESEND_MS);
            if (second != null) {
                scene.notation.fits(answer, second);
                had.add(second);
                return second;
            }
        }
        throw scene.failure("no second answer " + answer);
    }

    /** The answer comes, but the device never sees it. */
    private byte[] awaitFirst(String answer) {
        byte[] frame = awaitAnswer(answer, PATIENCE_MS);
        if (frame == null) {
            throw scene.failure("no answer " + answer);
        }
        return frame;
    }

    /** {@return the answer, null when it does not come; what the gateway sends meanwhile on its own is kept for later} */
    private byte[] awaitAnswer(String answer, int withinMs) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
        Deque<byte[]> others = new ArrayDeque<>();
        byte[] frame = next(withinMs);
        while (frame != null && !scene.notation.mayBe(answer, frame)) {
            if (!isCopy(frame) && others.stream().noneMatch(isCopyOf(frame))) {
                others.add(frame);
            }
            int leftMs = (int) TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
            frame = leftMs <= 0 ? null : next(leftMs);
        }
        waiting.addAll(others);
        return frame;
    }

    /** Takes a message of the gateway. */
    Device expect(String message) {
        byte[] frame = await(message, PATIENCE_MS);
        if (frame == null) {
            throw scene.failure("no " + message);
        }
        if (scene.mode == Mode.LOST && Notation.isRetried(frame)) {
            scene.log("lost    " + Notation.show(frame));
            awaitAgain(frame);
        }
        scene.notation.fits(message, frame);
        had.add(frame);
        return this;
    }

    /** The gateway sends a message again, with DUP where there is such a flag and otherwise octet by octet the same (A12, A15). */
    private void awaitAgain(byte[] frame) {
        byte[] wanted = Notation.again(frame);
        byte[] next = next(PATIENCE_MS);
        while (next != null && !Arrays.equals(next, wanted)) {
            if (!isCopy(next)) {
                throw scene.failure("expected once more " + Notation.show(wanted) + " but got " + Notation.show(next));
            }
            next = next(PATIENCE_MS);
        }
        if (next == null) {
            throw scene.failure("the gateway does not send it again");
        }
    }

    /** Takes these messages in whatever order they come. */
    Device expectAll(String... messages) {
        List<String> left = new ArrayList<>(List.of(messages));
        while (!left.isEmpty()) {
            byte[] frame = next(PATIENCE_MS);
            if (frame == null) {
                throw scene.failure("no " + left);
            }
            String fitting = left.stream()
                    .filter(message -> scene.notation.mayBe(message, frame))
                    .findFirst()
                    .orElse(null);
            if (fitting != null) {
                waiting.addFirst(frame);
                expect(fitting);
                left.remove(fitting);
            } else if (!isCopy(frame)) {
                throw scene.failure("expected " + left + " but got " + Notation.show(frame));
            }
        }
        return this;
    }

    /** Takes a PUBLISH and everything that belongs to its QoS, up to the device's last acknowledgement. */
    Device take(int qos, String topic, String data) {
        return take(qos, "00", topic, data);
    }

    /** As the other, with more flags: retain, type of the topic. */
    Device take(int qos, String moreFlags, String topic, String data) {
        int flags = qos << 5 | Integer.parseInt(moreFlags, 16);
        scene.notation.forget("took");
        String msgId = qos == 0 ? "0000" : "{took}";
        expect("PUBLISH %02X %s %s %s".formatted(flags, topic, msgId, data));
        if (qos == 1) {
            tell("PUBACK " + topic + " {took} 00");
        } else if (qos == 2) {
            tell("PUBREC {took}");
            expect("PUBREL {took}");
            tell("PUBCOMP {took}");
        }
        return this;
    }

    /** Takes a PUBLISH at QoS 1, in fair weather whatever the case's weather is. */
    Device takeAsItComes(String topic, String data) {
        scene.notation.forget("took");
        String message = "PUBLISH 20 " + topic + " {took} " + data;
        byte[] frame = await(message, PATIENCE_MS);
        if (frame == null) {
            throw scene.failure("no " + message);
        }
        scene.notation.fits(message, frame);
        had.add(frame);
        return tell("PUBACK " + topic + " {took} 00");
    }

    /** Takes up to so many of these, perhaps none; there must be nothing else. @return how many came */
    long atMost(int count, String message) {
        passOverCopies();
        long came = waiting.stream()
                .filter(frame -> scene.notation.mayBe(message, frame))
                .count();
        if (came > count || came < waiting.size()) {
            throw scene.failure("expected at most " + count + " of " + message + " but got " + came);
        }
        waiting.clear();
        return came;
    }

    /** {@return the next frame, which must fit unless it is a copy; null: none came} */
    private byte[] await(String message, int withinMs) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMs);
        while (true) {
            int leftMs = (int) TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
            byte[] frame = leftMs <= 0 ? null : next(leftMs);
            if (frame == null || scene.notation.mayBe(message, frame)) {
                justWoke = false;
                return frame;
            }
            if (!wokeTooEarly(message, frame) && !isCopy(frame)) {
                throw scene.failure("expected " + message + " but got " + Notation.show(frame));
            }
        }
    }

    private boolean isCopy(byte[] frame) {
        return had.stream().anyMatch(isCopyOf(frame)) || scene.notation.mayBe(FOUND, frame);
    }

    private static Predicate<byte[]> isCopyOf(byte[] frame) {
        return one -> Arrays.equals(one, frame) || Arrays.equals(Notation.again(one), frame);
    }

    private byte[] next(int withinMs) {
        return waiting.isEmpty() ? fromWire(withinMs) : waiting.poll();
    }

    private byte[] fromWire(int withinMs) {
        try {
            byte[] frame = wire.receive(withinMs);
            if (frame != null) {
                scene.capture(false, frame);
                scene.log(id + " < " + Notation.show(frame));
            }
            return frame;
        } catch (IOException e) {
            throw scene.failure("cannot receive: " + e);
        }
    }

    /**
     * Nothing comes. Proved without waiting: the gateway takes the datagrams of an address in order, so when it has answered a search
     * for gateways, which touches no session, it has done with everything before; and with what the broker had passed on by then, whose
     * octets lay in its socket. A gateway whose broker is away answers no search: then half a second has to do.
     */
    Device silence() {
        passOverCopies();
        if (!waiting.isEmpty()) {
            throw scene.failure("expected silence but got " + Notation.show(waiting.peek()));
        }
        return this;
    }

    private void passOverCopies() {
        send(scene.notation.frame(SEARCH));
        Deque<byte[]> kept = new ArrayDeque<>(waiting);
        waiting.clear();
        int searches = 1;
        byte[] frame = fromWire(SEARCH_MS);
        while (frame == null ? searches < SEARCHES && !scene.mayInviteNobody : !scene.notation.fits(FOUND, frame)) {
            if (frame == null) {
                searches++;
                send(scene.notation.frame(SEARCH));
            } else if (!isCopy(frame)) {
                kept.add(frame);
            }
            frame = fromWire(SEARCH_MS);
        }
        if (frame == null && !scene.mayInviteNobody) {
            throw scene.failure("the gateway does not answer a search");
        }
        waiting.addAll(kept);
    }

    /** Sends from another address from now on. */
    void move() {
        moveTo(scene.open());
    }

    void moveTo(Wire another) {
        wire = another;
    }

    /** Each sends from where the other was. */
    void swapAddresses(Device other) {
        Wire own = wire;
        wire = other.wire;
        other.wire = own;
    }

    /** Fails when something came that no line of the case expected. */
    void end() {
        for (byte[] frame = next(1); frame != null; frame = next(1)) {
            if (!isCopy(frame)) {
                throw scene.failure("the case is over but there was " + Notation.show(frame));
            }
        }
    }
}
