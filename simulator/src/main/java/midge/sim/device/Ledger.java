package midge.sim.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Accounts for every reading: what the chip held, what was published, what the device was told about it, and what a subscriber saw.
 *
 * <p>A reading carries no number, since users would rather chart a bare value; arrivals are matched to publications by topic, payload and
 * order. A second arrival of an equal payload is a duplicate only when no other publication of it is open, so the totals are exact though
 * two equal readings of one topic may be told apart wrongly. Safe for use by several threads.
 */
public final class Ledger {
    /** Of readings of QoS 0 that nobody saw, so many of a topic are waited for; earlier ones count as lost for good. */
    private static final int LATE_AT_QOS_0 = 16;

    /** What became of one reading. */
    public static final class Reading {
        private final String device;
        private final String topic;
        private final int held;
        private final String payload;
        private final int qos;
        private boolean delivered;
        private boolean refused;
        private boolean forgotten;
        private boolean arrived;

        Reading(String device, String topic, int held, String payload, int qos) {
            this.device = device;
            this.topic = topic;
            this.held = held;
            this.payload = payload;
            this.qos = qos;
        }

        /** {@return the device's name} */
        public String device() {
            return device;
        }

        /** {@return the topic it was published on} */
        public String topic() {
            return topic;
        }

        /** {@return the physical value at the chip, in the unit of its quantity} */
        public int held() {
            return held;
        }

        /** {@return what was published} */
        public String payload() {
            return payload;
        }

        /** {@return 0, 1 or 2} */
        public int qos() {
            return qos;
        }

        /** {@return whether the device was told that it is delivered} */
        public boolean delivered() {
            return delivered;
        }

        /** {@return whether it reached the subscriber} */
        public boolean arrived() {
            return arrived;
        }
    }

    /**
     * Totals.
     *
     * @param sent readings handed to a client for publication
     * @param delivered those that reached the subscriber
     * @param refused those that the device gave up and knows of, and did not arrive
     * @param open those of QoS 1 and 2 that the device still waits for
     * @param duplicated arrivals beyond the first
     * @param lost readings of QoS 1 and 2 that a device counts as delivered and nobody saw
     * @param lostAtQos0 readings of QoS 0 that nobody saw
     * @param forgotten readings that went with the power of their device, and did not arrive
     */
    public record Totals(
            int sent, int delivered, int refused, int open, int duplicated, int lost, int lostAtQos0, int forgotten) {}

    private final boolean remembers;
    private final List<Reading> readings = new ArrayList<>();
    private final Map<String, Deque<Reading>> unseen = new HashMap<>();
    private int sent;
    private int arrived;
    private int duplicated;
    private int foreign;
    private int longLostAtQos0;

    /** A ledger that remembers every reading, for {@link #readings}. */
    public Ledger() {
        this(true);
    }

    /** @param remembers whether readings that have arrived are kept; without, memory stays small however long a run lasts */
    public Ledger(boolean remembers) {
        this.remembers = remembers;
    }

    /** A device hands a reading to its client. {@return the entry, for {@link #outcome}} */
    public synchronized Reading sent(String device, String topic, int held, String payload, int qos) {
        Reading reading = new Reading(device, topic, held, payload, qos);
        sent++;
        if (remembers) {
            readings.add(reading);
        }
        Deque<Reading> waiting = unseen.computeIfAbsent(topic, t -> new ArrayDeque<>());
        waiting.add(reading);
        while (qos == 0 && waiting.size() > LATE_AT_QOS_0 && waiting.getFirst().qos == 0) {
            waiting.removeFirst();
            longLostAtQos0++;
        }
        return reading;
    }

    /** The client says what became of a reading. */
    public synchronized void outcome(Reading reading, boolean delivered) {
        reading.delivered = delivered;
        reading.refused = !delivered;
    }

    /** The device lost its power before it knew what became of a reading, which may arrive all the same. */
    public synchronized void forgotten(Reading reading) {
        reading.forgotten = true;
    }

    /** A subscriber saw a message. {@return the reading that it is, null for a duplicate and for messages of others} */
    public synchronized @Nullable Reading arrived(String topic, String payload) {
        Deque<Reading> waiting = unseen.get(topic);
        if (waiting == null) {
            foreign++;
            return null;
        }
        Reading reading = take(waiting, payload, false);
        if (reading == null) {
            reading = take(waiting, payload, true);
        }
        if (reading == null) {
            duplicated++;
        } else {
            reading.arrived = true;
            arrived++;
        }
        return reading;
    }

    /** @param hopeless look at those that the device has given up or forgotten, which come after all others */
    private static @Nullable Reading take(Deque<Reading> waiting, String payload, boolean hopeless) {
        for (Iterator<Reading> each = waiting.iterator(); each.hasNext(); ) {
            Reading reading = each.next();
            if ((reading.refused || reading.forgotten) == hopeless && reading.payload.equals(payload)) {
                each.remove();
                return reading;
            }
        }
        return null;
    }

    /** {@return whether no reading of QoS 1 or 2 is on its way} */
    public synchronized boolean isSettled() {
        Totals totals = totals();
        return totals.open() == 0 && totals.lost() == 0;
    }

    /** {@return messages on topics on which no device publishes} */
    public synchronized int foreign() {
        return foreign;
    }

    /** {@return all readings so far, in the order of publication; none where the ledger does not remember} */
    public synchronized List<Reading> readings() {
        return List.copyOf(readings);
    }

    /** {@return the totals so far} */
    public synchronized Totals totals() {
        int refused = 0;
        int open = 0;
        int lost = 0;
        int lostAtQos0 = longLostAtQos0;
        int forgotten = 0;
        for (Deque<Reading> waiting : unseen.values()) {
            for (Reading reading : waiting) {
                if (reading.refused) {
                    refused++;
                } else if (reading.forgotten) {
                    forgotten++;
                } else if (reading.qos == 0) {
                    lostAtQos0++;
                } else if (reading.delivered) {
                    lost++;
                } else {
                    open++;
                }
            }
        }
        return new Totals(sent, arrived, refused, open, duplicated, lost, lostAtQos0, forgotten);
    }
}
