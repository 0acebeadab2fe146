package midge.sim.store;

import midge.hal.Hal;
import midge.runtime.store.DeviceJournal;
import midge.runtime.task.Outbox;
import midge.wire.Prng;

/**
 * The flash of one device, with the journal of its outbox on it. It outlives the device's power, whatever the end of that tears.
 */
public final class DeviceFlash {
    /** No message. */
    public static final int NONE = -1;

    private static final int PACKET_OCTETS = 16;
    private static final int UNFINISHED = 1;

    private final PowerSupply power = new PowerSupply();
    private final SimStorage first;
    private final SimStorage second;
    private final int messages;
    private final int payloadOctets;
    private final int octets;
    private int leaving = NONE;
    private long tornOctets;

    /**
     * Empty flash.
     *
     * @param messages      that the outbox holds
     * @param payloadOctets room for each payload
     * @param octets        each of its two halves holds so many, from 538
     */
    public DeviceFlash(int messages, int payloadOctets, int octets) {
        this.messages = messages;
        this.payloadOctets = payloadOctets;
        this.octets = octets;
        first = new SimStorage(power, octets);
        second = new SimStorage(power, octets);
    }

    /** {@return the outbox for a life of the device, with the messages in it that the last one has left} */
    public Outbox open() {
        DeviceJournal journal =
                new DeviceJournal(first, second, messages, payloadOctets, PACKET_OCTETS, UNFINISHED, octets);
        int status = journal.open();
        if (status != Hal.OK) {
            throw new IllegalStateException("simulated flash fails with status " + status);
        }
        tornOctets += journal.tornOctets();
        leaving = NONE;
        return new Watched(journal.outbox());
    }

    /** Lets the power end in the middle of a write to come: after so many octets; {@link PowerSupply.Cut} is thrown then. */
    public void tear(long afterOctets) {
        power.endAfter(afterOctets);
    }

    /** Takes {@link #tear} back. */
    public void spare() {
        power.last();
    }

    /** The power has ended, in a write or between two. */
    public void cut(Prng prng) {
        power.last();
        first.crash(prng);
        second.crash(prng);
    }

    /** {@return the token of the message that was on its way out of the outbox when the power ended in a write; else {@link #NONE}} */
    public int leaving() {
        return leaving;
    }

    /** {@return octets of half-written records that were found and cut off so far} */
    public long tornOctets() {
        return tornOctets;
    }

    /** Plants a bug: the flash loses what it says is durable. */
    public void forgetToSync() {
        first.forgetToSync();
        second.forgetToSync();
    }

    /** Knows which message is on its way out, for the case that the power ends meanwhile. */
    private final class Watched implements Outbox {
        private final Outbox outbox;

        Watched(Outbox outbox) {
            this.outbox = outbox;
        }

        @Override
        public void remove(int position) {
            leaving = outbox.token(position);
            outbox.remove(position);
            leaving = NONE;
        }

        @Override
        public int depth() {
            return outbox.depth();
        }

        @Override
        public int capacity() {
            return outbox.capacity();
        }

        @Override
        public int payloadCapacity() {
            return outbox.payloadCapacity();
        }

        @Override
        public int add(int topic, int qos, byte[] payload, int offset, int length, int token, long stampMs) {
            return outbox.add(topic, qos, payload, offset, length, token, stampMs);
        }

        @Override
        public int topic(int position) {
            return outbox.topic(position);
        }

        @Override
        public int qos(int position) {
            return outbox.qos(position);
        }

        @Override
        public int token(int position) {
            return outbox.token(position);
        }

        @Override
        public long stampMs(int position) {
            return outbox.stampMs(position);
        }

        @Override
        public int payload(int position, byte[] into, int offset, int capacity) {
            return outbox.payload(position, into, offset, capacity);
        }

        @Override
        public void handing(int position) {
            outbox.handing(position);
        }

        @Override
        public int underWay() {
            return outbox.underWay();
        }
    }
}
