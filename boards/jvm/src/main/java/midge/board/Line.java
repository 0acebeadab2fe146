package midge.board;

import java.io.IOException;
import midge.runtime.Task;
import midge.runtime.task.LinkHealth;
import midge.runtime.task.MessageHandler;
import midge.runtime.task.OutboxTask;
import midge.runtime.task.PublishTopics;
import midge.runtime.task.Uplink;

/** A device's way to its broker or gateway: the strict objects of one protocol, and what a person wants to know of them. */
interface Line extends AutoCloseable {
    /** {@return the task that moves frames or octets; polling} */
    Task task();

    Uplink uplink(PublishTopics topics);

    void reportTo(OutboxTask outbox);

    void deliverTo(int subscription, MessageHandler handler);

    /** Publishes at QoS 1, retained, past the outbox. {@return negative when refused} */
    int publishRetained(byte[] topic, byte[] payload, long nowMs);

    boolean connected();

    /** {@return connections so far, without returns from sleep} */
    int connects();

    /** {@return how well it works} */
    LinkHealth health();

    /** Begins to end the connection in order. */
    void stop();

    /** {@return whether there is nothing more to do after {@link #stop}} */
    boolean stopped();

    /** {@return why there is no connection, one clause; empty when nothing is known} */
    String trouble();

    @Override
    void close() throws IOException;
}
