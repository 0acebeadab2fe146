package midge.sensors.hcsr04;

import midge.hal.Clock;
import midge.hal.EchoTimer;
import midge.hal.Hal;

/**
 * An HC-SR04 in front of a wall, with the board's timer. The echo belongs to the distance at the time of the trigger. Resolution one
 * microsecond of echo, 0.17 mm.
 */
public final class HcSr04Model implements EchoTimer {
    /** No reading differs more from {@link #heldMicrometres}. */
    public static final int RESOLUTION_UM = 180;

    private static final int BOARD_TIME_OUT_MS = 60;
    private static final int LONGEST_ECHO_US = 38_000;

    private final Clock clock;
    private int micrometres = 1_000_000;
    private int airMilliCelsius = 20_000;
    private int heldMicrometres;
    private int echoUs;
    private long triggeredAtMs;
    private boolean triggered;
    private boolean absent;
    private boolean deaf;
    private boolean neverReady;

    /** One metre from the wall. */
    public HcSr04Model(Clock clock) {
        this.clock = clock;
    }

    /** @param micrometres to the wall, 0 or more */
    public void micrometres(int micrometres) {
        this.micrometres = micrometres;
    }

    /** @param milliCelsius of the air that the sound crosses */
    public void airMilliCelsius(int milliCelsius) {
        airMilliCelsius = milliCelsius;
    }

    /** @return the distance at the time of the last trigger, exactly */
    public int heldMicrometres() {
        return heldMicrometres;
    }

    /** Fault: the pins cannot be used, {@link Hal#GONE}. */
    public void absent(boolean absent) {
        this.absent = absent;
    }

    /** Fault: no echo comes back (a soft wall, a cut wire). */
    public void deaf(boolean deaf) {
        this.deaf = deaf;
    }

    /** Fault: the echo pin stays high, and the board never sees the pulse end. */
    public void neverReady(boolean neverReady) {
        this.neverReady = neverReady;
    }

    /** {@inheritDoc} */
    public int trigger() {
        if (absent) {
            return Hal.GONE;
        }
        triggered = true;
        triggeredAtMs = clock.nowMs();
        heldMicrometres = micrometres;
        long millimetresPerSecond = 331_300 + 606L * airMilliCelsius / 1_000;
        long exactUs = (micrometres * 2_000L + millimetresPerSecond / 2) / millimetresPerSecond;
        echoUs = exactUs > LONGEST_ECHO_US ? LONGEST_ECHO_US + 1 : (int) exactUs;
        return Hal.OK;
    }

    /** {@inheritDoc} */
    public int echoUs() {
        if (absent) {
            return Hal.GONE;
        }
        long elapsedMs = clock.nowMs() - triggeredAtMs;
        if (!triggered || neverReady) {
            return Hal.WOULD_BLOCK;
        }
        if (deaf) {
            return elapsedMs < BOARD_TIME_OUT_MS ? Hal.WOULD_BLOCK : Hal.NO_VALUE;
        }
        return elapsedMs * 1_000 < echoUs ? Hal.WOULD_BLOCK : echoUs;
    }
}
