package midge.sensors.hcsr04;

import midge.hal.EchoTimer;
import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.sensors.driver.TimedSensor;

/**
 * An HC-SR04 (or its kin) whose echo the board times. One value, distance, 20 mm to 4 m. Shots are at least {@link #PAUSE_MS} apart,
 * so that no old echo is heard: {@link #begin} answers {@code WOULD_BLOCK} before that. {@code NO_VALUE} means out of range.
 */
public final class HcSr04 extends TimedSensor {
    /** Least time between two shots, ms. */
    public static final int PAUSE_MS = 60;

    /** The chip's own time-out, ms. */
    private static final int ECHO_MS = 38;

    private static final int LEAST_UM = 20_000;
    private static final int MOST_UM = 4_000_000;
    private static final long NEVER = Long.MIN_VALUE;

    private final EchoTimer echo;
    private int airMilliCelsius = 20_000;
    private long lastShotMs = NEVER;

    /** In air of 20 °C until told otherwise. */
    public HcSr04(EchoTimer echo) {
        super(new int[] {Quantity.DISTANCE});
        this.echo = echo;
    }

    /** Sound is 0.18 % faster for each degree. @param milliCelsius of the air, -40_000..85_000 */
    public void airMilliCelsius(int milliCelsius) {
        airMilliCelsius = milliCelsius;
    }

    /** d = t/2 · (331.3 + 0.606·T) m/s. @param echoUs there and back, 0..100_000. @return micrometre */
    public static int micrometres(int echoUs, int airMilliCelsius) {
        long millimetresPerSecond = 331_300 + 606L * airMilliCelsius / 1_000;
        return (int) (echoUs * millimetresPerSecond / 2_000);
    }

    /** {@inheritDoc} */
    protected int start(long nowMs) {
        if (lastShotMs != NEVER && nowMs < lastShotMs + PAUSE_MS) {
            return Hal.WOULD_BLOCK;
        }
        lastShotMs = nowMs;
        return echo.trigger();
    }

    /** {@inheritDoc} */
    protected int collect() {
        int echoUs = echo.echoUs();
        if (echoUs < 0) {
            return echoUs;
        }
        int micrometres = echoUs > ECHO_MS * 1_000 ? MOST_UM + 1 : micrometres(echoUs, airMilliCelsius);
        if (micrometres < LEAST_UM || micrometres > MOST_UM) {
            return Hal.NO_VALUE;
        }
        result(0, micrometres);
        return Hal.OK;
    }

    /** {@inheritDoc} */
    protected int conversionMs() {
        return ECHO_MS;
    }

    /** {@inheritDoc} */
    protected int retryMs() {
        return 5;
    }

    /** {@inheritDoc} */
    protected void onFailure() {}
}
