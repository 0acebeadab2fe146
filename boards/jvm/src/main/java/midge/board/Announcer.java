package midge.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.Consumer;
import midge.board.discovery.Announcement;
import midge.runtime.DeviceRuntime;
import midge.runtime.Task;
import midge.runtime.task.MessageHandler;
import midge.runtime.task.SamplingTask;
import midge.wire.Prng;
import midge.wire.Status;

/**
 * Publishes what a device says about itself after each new connection, and again, with all its values, when Home Assistant is born:
 * some time later, so that a house full of devices does not answer at once.
 */
final class Announcer implements Task, MessageHandler {
    private static final int BUSY_RETRY_MS = 500;
    private static final int SPREAD_MS = 5_000;
    private static final String BORN = "online";

    private final DeviceRuntime runtime;
    private final Line line;
    private final List<Announcement> announcements;
    private final List<SamplingTask> sampling;
    private final Consumer<String> says;
    private final Prng prng;
    private int connects;
    private int next;
    private long bornAtMs = NEVER;
    private long againMs = Long.MIN_VALUE;

    /** @param sampling is asked for a value when Home Assistant is born; may still be filled */
    Announcer(
            DeviceRuntime runtime,
            Line line,
            List<Announcement> announcements,
            List<SamplingTask> sampling,
            Consumer<String> says,
            Prng prng) {
        this.runtime = runtime;
        this.line = line;
        this.announcements = announcements;
        this.sampling = sampling;
        this.says = says;
        this.prng = prng;
        next = announcements.size();
    }

    @Override
    public void onMessage(
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] payload,
            int offset,
            int length,
            boolean retained,
            long nowMs) {
        if (bornAtMs == NEVER && new String(payload, offset, length, UTF_8).equals(BORN)) {
            bornAtMs = nowMs + prng.below(SPREAD_MS);
            runtime.wake(this);
        }
    }

    @Override
    public long run(long nowMs) {
        if (line.connects() != connects) {
            connects = line.connects();
            next = 0;
        }
        if (nowMs >= bornAtMs) {
            bornAtMs = NEVER;
            next = 0;
            for (SamplingTask task : sampling) {
                task.request();
                runtime.wake(task);
            }
        }
        return Math.min(bornAtMs, announce(nowMs));
    }

    private long announce(long nowMs) {
        if (next == announcements.size() || !line.connected()) {
            return NEVER;
        }
        if (nowMs < againMs) {
            return againMs;
        }
        while (next < announcements.size()) {
            Announcement announcement = announcements.get(next);
            byte[] payload = announcement.payload().getBytes(UTF_8);
            int status = line.publishRetained(announcement.topic().getBytes(UTF_8), payload, nowMs);
            if (status == Status.BUSY || status == Status.NOT_CONNECTED) {
                againMs = nowMs + BUSY_RETRY_MS;
                return againMs;
            }
            if (status < 0) {
                says.accept("the announcement on " + announcement.topic() + " has " + payload.length
                        + " octets, more than this link or broker takes (status " + status
                        + "); everything else works without it");
            }
            next++;
        }
        return NEVER;
    }
}
