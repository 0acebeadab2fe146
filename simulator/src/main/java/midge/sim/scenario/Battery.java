package midge.sim.scenario;

import midge.sim.device.SimDevice;

/**
 * How long a battery would last, from what a device did. The currents are those of a usual 2.4 GHz radio chip with its microcontroller at
 * 3 V (CC2652, EFR32 and nRF52840 data sheets are near them), not of any board: an estimate to compare settings by.
 */
final class Battery {
    /** Radio listening, processor on, mA. */
    static final double AWAKE_MA = 8;
    /** In addition while it transmits, mA. */
    static final double TRANSMITTING_MA = 6;
    /** Asleep, with a running clock, mA. */
    static final double ASLEEP_MA = 0.004;

    private Battery() {}

    /** {@return mean current over {@code elapsedMs}, mA} */
    static double milliampere(SimDevice device, long elapsedMs) {
        double awake = Math.min(1, (double) device.awakeMs() / Math.max(1, elapsedMs));
        double transmitting = Math.min(1, device.radio().airtimeUs() / 1_000.0 / Math.max(1, elapsedMs));
        return awake * AWAKE_MA + transmitting * TRANSMITTING_MA + (1 - awake) * ASLEEP_MA;
    }

    /** {@return days that a battery lasts} */
    static double days(SimDevice device, long elapsedMs, int batteryMah) {
        return batteryMah / milliampere(device, elapsedMs) / 24;
    }
}
