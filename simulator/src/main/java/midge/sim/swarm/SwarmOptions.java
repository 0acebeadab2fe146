package midge.sim.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import midge.sim.World;
import midge.wire.Prng;

/**
 * What one world of the swarm is like. All of it follows from the seed, and {@link #toString} tells it to people.
 *
 * @param startMs      what the world's clock shows at the beginning
 * @param devices      how many there are, and each one's nature
 * @param lossPercent  of frames on the radio; the next two likewise
 * @param jitterMs     how much later than others a frame may arrive
 * @param udp          a medium with large frames and no air time instead of IEEE 802.15.4
 * @param mqttVersion  between gateway and broker, 4 or 5
 * @param chopped      broker streams are cut into pieces
 * @param stallPercent of chunks of broker streams
 * @param breakPermille of chunks of broker streams break their stream
 * @param faultyMs     how long devices publish and faults happen
 * @param faults       single faults, by time
 */
public record SwarmOptions(
        long startMs,
        List<Device> devices,
        int lossPercent,
        int duplicationPercent,
        int reorderingPercent,
        int jitterMs,
        boolean udp,
        int mqttVersion,
        boolean chopped,
        int stallPercent,
        int breakPermille,
        int faultyMs,
        List<Fault> faults) {

    /** How a device names its topics. */
    public enum Naming {
        /** Registered names. */
        NORMAL,
        /** Two characters. */
        SHORT,
        /** Ids that both sides know. */
        PREDEFINED
    }

    /**
     * One device.
     *
     * @param sleepS   0 for a device that stays awake
     * @param qos      of its readings
     * @param periodMs between two readings; a sleeper reads when it wakes
     * @param driftPpm of its clock
     * @param flash    whether its outbox is on flash instead of in RAM
     */
    public record Device(
            boolean clean,
            int sleepS,
            int qos,
            int periodMs,
            Naming naming,
            boolean wildcard,
            int driftPpm,
            boolean flash) {}

    /** What can happen at a moment. */
    public enum FaultKind {
        /** A device is out of everyone's reach for a time. */
        ISOLATED,
        /** A device's power fails for a time; its RAM is lost. */
        POWER_CUT,
        /** A device's clock leaps forward. */
        CLOCK_LEAP,
        /** The gateway process is killed, and started anew after a time. */
        GATEWAY_CRASH,
        /** The broker is away for a time; it keeps its sessions. */
        BROKER_AWAY,
        /** Nothing passes the radio for a time. */
        RADIO_SILENCE,
        /** A device's power fails in the middle of one of the next writes to its flash, if there is one in that time. */
        TORN_WRITE
    }

    /**
     * One fault.
     *
     * @param device number of the device, where the kind is about one
     */
    public record Fault(int atMs, FaultKind kind, int device, int durationMs) {}

    /** All but the last, which is for devices with flash. */
    private static final int COMMON_KINDS = FaultKind.values().length - 1;

    private static final long[] STARTS = {0, (1L << 31) - 60_000, (1L << 32) - 60_000, 1L << 40};

    /** Draws a world's options from its seed. */
    public static SwarmOptions draw(World world) {
        return draw(world.prng("swarm options"), world.prng("outboxes"));
    }

    /** {@return when the clock of the world with this seed begins, ms} */
    public static long startMs(long seed) {
        return STARTS[new World(seed).prng("swarm start").below(STARTS.length)];
    }

    /** Random numbers for flash are drawn by themselves, so that worlds of old seeds are still what they were without it. */
    private static SwarmOptions draw(Prng prng, Prng flash) {
        int faultyMs = 60_000 + prng.below(120_000);
        // A third of the worlds has a bad radio only, since many a promise is for those alone.
        int kinds = prng.below(3) == 0 ? 0 : 1 + prng.below(4);
        boolean flashes = flash.below(3) == 0;
        List<Device> devices = devices(prng, () -> flashes && flash.below(2) == 0);
        return new SwarmOptions(
                0,
                devices,
                prng.below(4) == 0 ? 0 : prng.below(31),
                prng.below(2) * prng.below(16),
                prng.below(2) * prng.below(16),
                prng.below(60),
                prng.below(3) == 0,
                4 + prng.below(2),
                prng.below(2) == 0,
                prng.below(2) * prng.below(5),
                kinds > 0 && prng.below(2) == 0 ? prng.below(8) : 0,
                faultyMs,
                faults(prng, kinds, devices, faultyMs, flash));
    }

    private static List<Device> devices(Prng prng, BooleanSupplier flash) {
        List<Device> devices = new ArrayList<>();
        int count = 1 + prng.below(5);
        for (int i = 0; i < count; i++) {
            devices.add(new Device(
                    prng.below(3) == 0,
                    prng.below(3) == 0 ? 3 + prng.below(18) : 0,
                    prng.below(3),
                    700 + prng.below(9_000),
                    Naming.values()[prng.below(Naming.values().length)],
                    prng.below(2) == 0,
                    prng.below(201) - 100,
                    flash.getAsBoolean()));
        }
        return devices;
    }

    private static List<Fault> faults(Prng prng, int kinds, List<Device> devices, int faultyMs, Prng flash) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < kinds; i++) {
            FaultKind kind = FaultKind.values()[prng.below(COMMON_KINDS)];
            int times = 1 + prng.below(3);
            for (int j = 0; j < times; j++) {
                faults.add(new Fault(
                        3_000 + prng.below(faultyMs - 3_000),
                        kind,
                        prng.below(devices.size()),
                        200 + prng.below(25_000)));
            }
        }
        for (int i = 0; i < devices.size(); i++) {
            int tears = kinds > 0 && devices.get(i).flash() ? flash.below(6) : 0;
            for (int j = 0; j < tears; j++) {
                faults.add(new Fault(3_000 + flash.below(faultyMs - 3_000), FaultKind.TORN_WRITE, i, 20_000));
            }
        }
        return faults;
    }

    /** {@return the same with this start of the clock} */
    SwarmOptions startingAt(long clockMs) {
        return new SwarmOptions(
                clockMs,
                devices,
                lossPercent,
                duplicationPercent,
                reorderingPercent,
                jitterMs,
                udp,
                mqttVersion,
                chopped,
                stallPercent,
                breakPermille,
                faultyMs,
                faults);
    }

    /** {@return one option a line} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("  radio: ")
                .append(udp ? "UDP" : "IEEE 802.15.4")
                .append(", loss ")
                .append(lossPercent);
        text.append(" %, copies ")
                .append(duplicationPercent)
                .append(" %, reordering ")
                .append(reorderingPercent);
        text.append(" %, jitter ").append(jitterMs).append(" ms\n  broker lines: MQTT ");
        text.append(mqttVersion == 5 ? "5.0, " : "3.1.1, ");
        text.append(chopped ? "chopped" : "whole").append(", stalls ").append(stallPercent);
        text.append(" %, breaks ")
                .append(breakPermille)
                .append(" of 1000 chunks\n  clock begins at ")
                .append(startMs);
        text.append(" ms, faults for ").append(faultyMs).append(" ms\n");
        for (int i = 0; i < devices.size(); i++) {
            text.append("  ")
                    .append(SwarmDevice.name(i))
                    .append(": ")
                    .append(devices.get(i))
                    .append('\n');
        }
        for (Fault fault : faults) {
            text.append("  at ").append(fault.atMs()).append(" ms: ").append(fault.kind());
            text.append(" for ")
                    .append(fault.durationMs())
                    .append(" ms, device ")
                    .append(fault.device())
                    .append('\n');
        }
        return text.toString();
    }
}
