package midge.board.jvm;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import midge.hal.Clock;
import midge.hal.link.StreamLink;
import midge.mqtt.client.MqttClient;

/**
 * Moves octets and time between an {@link MqttClient} and its link, on the calling thread: the loop of a program that speaks MQTT.
 *
 * <pre>
 * link.open();
 * pump.run(client::isConnected, clock.nowMs() + 10_000);
 * client.publish(1, false, topic, 0, topic.length, payload, 0, payload.length, clock.nowMs());
 * pump.run(() -> client.unfinished() == 0, clock.nowMs() + 10_000);
 * </pre>
 *
 * What is published while one call runs leaves in as few writes as possible. Allocates nothing after construction.
 */
public final class MqttPump {
    private static final int CHUNK = 16 * 1024;

    /**
     * How long octets may gather before the pump looks again, where that pays: a peer that need not wake this thread for each packet is
     * faster, and so is this thread. The system adds some 50 microseconds of its own.
     */
    private static final long GATHER_NS = 50_000;

    /** It pays when so many times more came than the selector would have ended the rest for. */
    private static final int GATHER_GAIN = 4;

    /** Rests after which it is tried again. */
    private static final int GATHER_TRIAL = 64;

    private final MqttClient client;
    private final HostLink link;
    private final SelectorIdle idle;
    private final Clock clock;
    private final byte[] in = new byte[CHUNK];
    private final byte[] out = new byte[CHUNK];
    private int inOffset;
    private int inLength;
    private int outOffset;
    private int outLength;
    private boolean opened;
    private int received;
    private int receivedAtOnce;
    private int untilTrial = GATHER_TRIAL;
    private boolean gathered;

    /** @param idle where {@code link} rests */
    public MqttPump(MqttClient client, HostLink link, SelectorIdle idle, Clock clock) {
        this.client = client;
        this.link = link;
        this.idle = idle;
        this.clock = clock;
    }

    /**
     * Runs until {@code done}, or the time has come; returns at the end of the connection only if {@code done} says so.
     *
     * @param done asked after everything that happened; may publish
     * @return whether it is done
     */
    public boolean run(BooleanSupplier done, long deadlineMs) {
        while (true) {
            boolean moved = turn();
            if (done.getAsBoolean()) {
                return true;
            }
            // A link that was full has nothing to be offered; one that was not may take octets from its socket while it
            // sends.
            if (!moved && (outLength > 0 || !transmit())) {
                long nowMs = clock.nowMs();
                if (nowMs >= deadlineMs) {
                    return false;
                }
                rest(Math.min(deadlineMs, client.nextDeadlineMs()));
            }
        }
    }

    /**
     * Moves what can be moved at once, without waiting.
     *
     * @return whether something came, so that there may be more
     */
    public boolean turn() {
        long nowMs = clock.nowMs();
        if (nowMs >= client.nextDeadlineMs()) {
            client.onTimeout(nowMs);
        }
        boolean connects = !opened && link.state() == StreamLink.OPEN;
        if (connects) {
            opened = true;
            client.onOpen(nowMs);
        }
        transmit();
        boolean moved = receive(nowMs) || connects;
        if (!opened && link.state() == StreamLink.OPEN) {
            return true;
        }
        if (!moved && client.wantsClose() && isDrained()) {
            link.close();
        }
        if (opened && link.state() == StreamLink.CLOSED) {
            opened = false;
            inLength = 0;
            outLength = 0;
            client.onClosed(nowMs);
        }
        return moved;
    }

    /** {@return whether everything that the client had given was taken by the system} */
    public boolean isDrained() {
        return outLength == 0 && link.isFlushed();
    }

    /** {@return whether the client was told of a connection that has not ended since} */
    public boolean isOpened() {
        return opened;
    }

    private boolean receive(long nowMs) {
        if (inLength == 0) {
            inOffset = 0;
            inLength = Math.max(0, link.receive(in, 0, in.length));
        }
        int taken = inLength == 0 ? 0 : client.onBytes(in, inOffset, inLength, nowMs);
        inOffset += taken;
        inLength -= taken;
        received += taken;
        return taken > 0;
    }

    /** {@return whether the client had something to send} */
    private boolean transmit() {
        boolean any = false;
        while (true) {
            if (outLength == 0) {
                outOffset = 0;
                outLength = Math.max(0, client.pollTransmit(out, 0, out.length));
                any |= outLength > 0;
            }
            int sent = outLength == 0 ? 0 : link.send(out, outOffset, outLength);
            if (sent <= 0) {
                return any;
            }
            outOffset += sent;
            outLength -= sent;
        }
    }

    private void rest(long deadlineMs) {
        if (gathered) {
            untilTrial = received >= GATHER_GAIN * receivedAtOnce ? 0 : GATHER_TRIAL;
        } else {
            receivedAtOnce = received;
            untilTrial--;
        }
        gathered = untilTrial <= 0 && received > 0;
        received = 0;
        if (gathered) {
            LockSupport.parkNanos(GATHER_NS);
        } else {
            idle.until(deadlineMs);
        }
    }
}
