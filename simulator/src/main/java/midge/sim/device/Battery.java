package midge.sim.device;

/**
 * How long a battery would last, from what a device did while it had power. The currents are those of a usual 2.4 GHz radio chip with its
 * microcontroller at 3 V (CC2652, EFR32 and nRF52840 data sheets are near them), not of any board; what chips on the board draw is not
 * counted. An estimate to compare settings by.
 */
public final class Battery {
    /** Radio listening, processor on, microamperes. */
    public static final int AWAKE_UA = 8_000;
    /** In addition while it transmits. */
    public static final int TRANSMITTING_UA = 6_000;
    /** Asleep, with a running clock. */
    public static final int ASLEEP_UA = 4;
    /** What two AA cells in series hold, milliampere hours. */
    public static final int TWO_AA_MAH = 2_400;

    private Battery() {}

    /** {@return mean current while it had power, microamperes; 0 before it had any} */
    public static double averageUa(SimDevice device) {
        return averageUa(device.poweredMs(), device.awakeMs(), device.radio().airtimeUs());
    }

    static double averageUa(long poweredMs, long awakeMs, long airtimeUs) {
        if (poweredMs == 0) {
            return 0;
        }
        double awake = Math.min(1, (double) awakeMs / poweredMs);
        double transmitting = Math.min(1, airtimeUs / 1_000.0 / poweredMs);
        return awake * AWAKE_UA + transmitting * TRANSMITTING_UA + (1 - awake) * ASLEEP_UA;
    }

    /** {@return days that a battery of so many milliampere hours lasts at that average; 0 before it had power} */
    public static double days(SimDevice device, int batteryMah) {
        double averageUa = averageUa(device);
        return averageUa == 0 ? 0 : batteryMah * 1_000.0 / averageUa / 24;
    }
}
