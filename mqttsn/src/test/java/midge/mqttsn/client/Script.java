package midge.mqttsn.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import midge.mqttsn.codec.SnText;
import midge.profile.Hex;
import midge.wire.Status;

/** Plays the gateway, the link and the clock for one client: expect a frame, answer with one, let time pass, see the event. */
final class Script implements SnClientListener {
    final SnClient client;
    final SnClientConfig config;
    long nowMs = 1_000_000;

    private final Deque<String> events = new ArrayDeque<>();
    private final byte[] tx;

    Script(SnClientConfig config) {
        this.config = config;
        this.client = new SnClient(config, this);
        this.tx = new byte[config.frameOctetsMax()];
    }

    /** A client {@code dev-01} with defaults: keep alive 60 s, T_retry 10 s, N_retry 3, clean session. */
    static Script ofDefaults() {
        return new Script(defaults().build());
    }

    static SnClientConfig.Builder defaults() {
        return SnClientConfig.builder("dev-01");
    }

    /** @return a script whose client is active */
    static Script connected() {
        return connected(defaults().build());
    }

    static Script connected(SnClientConfig config) {
        Script s = new Script(config);
        assertEquals(Status.OK, s.client.connect(s.nowMs));
        s.poll();
        s.answer("03 05 00").event("connected");
        return s;
    }

    /** @return a script whose client sleeps for {@code durationS} */
    static Script asleep(int durationS) {
        Script s = connected();
        assertEquals(Status.OK, s.client.sleep(durationS, s.nowMs));
        s.poll();
        s.answer("02 18").event("asleep fell");
        return s;
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    String poll() {
        int n = client.pollTransmit(tx, 0, tx.length);
        return n == 0 ? "nothing" : n < 0 ? "status " + n : SnText.of(tx, 0, n);
    }

    /** The next frame is this one, in the words of {@link SnText}. */
    Script expect(String text) {
        assertEquals(text, poll());
        return this;
    }

    /** The next frame has these octets. */
    Script expectOctets(String hex) {
        int n = client.pollTransmit(tx, 0, tx.length);
        assertEquals(hex, Hex.of(tx, 0, Math.max(n, 0)));
        return this;
    }

    Script expectNothing() {
        return expect("nothing");
    }

    /** A frame from the gateway, which the client must take. */
    Script answer(String hex) {
        assertEquals(Status.OK, give(hex), "refused " + hex);
        return this;
    }

    /** A frame from the gateway. @return what {@code onDatagram} says */
    int give(String hex) {
        byte[] f = Hex.bytes(hex);
        return client.onDatagram(f, 0, f.length, nowMs);
    }

    /** A frame that the client must take for stray. */
    Script stray(String hex) {
        int before = client.counters().stray();
        assertEquals(Status.WRONG_STATE, give(hex));
        assertEquals(before + 1, client.counters().stray());
        return this;
    }

    Script after(long ms) {
        nowMs += ms;
        client.onTimeout(nowMs);
        return this;
    }

    /** Lets time pass to the next deadline, which must be this far away. */
    Script deadlineAfter(long ms) {
        assertEquals(ms, deadlineIn());
        return after(ms);
    }

    long deadlineIn() {
        long at = client.nextDeadlineMs();
        return at == Long.MAX_VALUE ? Long.MAX_VALUE : at - nowMs;
    }

    Script event(String text) {
        assertEquals(text, events.isEmpty() ? "no event" : events.removeFirst());
        return this;
    }

    /** @return all events so far, which are taken away */
    String takeEvents() {
        StringBuilder text = new StringBuilder();
        while (!events.isEmpty()) {
            text.append("; ").append(events.removeFirst());
        }
        return text.toString();
    }

    Script noEvent() {
        assertEquals("[]", events.toString());
        return this;
    }

    int publish(String topic, int flags, String data) {
        return client.publish(utf8(topic), 0, utf8(topic).length, flags, utf8(data), 0, utf8(data).length, nowMs);
    }

    int publish(int topicId, int flags, String data) {
        return client.publish(topicId, flags, utf8(data), 0, utf8(data).length, nowMs);
    }

    int subscribe(String filter, int flags) {
        return client.subscribe(utf8(filter), 0, utf8(filter).length, flags, nowMs);
    }

    int unsubscribe(String filter) {
        return client.unsubscribe(utf8(filter), 0, utf8(filter).length, nowMs);
    }

    int register(String topic) {
        return client.register(utf8(topic), 0, utf8(topic).length, nowMs);
    }

    @Override
    public void onConnected(boolean resumed, long now) {
        events.add(resumed ? "resumed" : "connected");
    }

    @Override
    public void onDisconnected(int cause, int returnCode, long now) {
        events.add("disconnected "
                + new String[] {"requested", "refused " + returnCode, "by gateway", "gateway lost"}[cause]);
    }

    @Override
    public void onAsleep(int cause, long now) {
        events.add("asleep " + new String[] {"fell", "collected", "no answer"}[cause]);
    }

    @Override
    public void onDelivered(int token, int returnCode, long now) {
        events.add("delivered " + token + " code=" + returnCode);
    }

    @Override
    public void onRegistered(int token, int topicId, int returnCode, long now) {
        events.add("registered " + token + " topicId=" + topicId + " code=" + returnCode);
    }

    @Override
    public void onSubscribed(int token, int topicId, int grantedQos, int returnCode, long now) {
        events.add("subscribed " + token + " topicId=" + topicId + " qos=" + grantedQos + " code=" + returnCode);
    }

    @Override
    public void onUnsubscribed(int token, long now) {
        events.add("unsubscribed " + token);
    }

    @Override
    public void onWillUpdated(int token, int returnCode, long now) {
        events.add("will updated " + token + " code=" + returnCode);
    }

    @Override
    public void onMessage(
            int flags,
            int topicId,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] data,
            int dataOffset,
            int dataLength,
            long now) {
        events.add("message " + SnText.text(topic, topicOffset, topicLength) + " id=" + topicId + " "
                + SnText.text(data, dataOffset, dataLength));
    }
}
