package midge.sensors.sht31;

import midge.hal.Hal;
import midge.sensors.driver.SensirionCrc;
import midge.sensors.model.I2cModel;

/**
 * An SHT31 as seen from the bus: single shots without clock stretching, status, heater flag, soft reset. A measurement takes the
 * physical values as they are when it starts. It is given once; before it is ready, and after it was read, a read is not acknowledged.
 * Resolution 2.7 m°C and 1.5 m%: a reading is within {@link #RESOLUTION_MILLI} of the held value.
 */
public final class Sht31Model extends I2cModel {
    /** No reading differs more from the held values, m°C or m%. */
    public static final int RESOLUTION_MILLI = 2;

    private static final int HEATER = 0x2000;
    private static final int NONE = 0;
    private static final int STATUS = 1;
    private static final int RESULT = 2;

    private final byte[] answer = new byte[6];
    private int answering;
    private int status;
    private boolean wrongCrc;
    private int milliCelsius = 20_000;
    private int milliPercent = 50_000;
    private int latchedMilliCelsius;
    private int latchedMilliPercent;
    private int heldMilliCelsius;
    private int heldMilliPercent;

    /** As after power-on. */
    public Sht31Model() {
        onPowerOn();
    }

    /** @param milliCelsius -40_000..125_000; the converter ends at -45_000 and 130_000 */
    public void milliCelsius(int milliCelsius) {
        this.milliCelsius = milliCelsius;
    }

    /** @param milliPercent 0..100_000 */
    public void milliPercent(int milliPercent) {
        this.milliPercent = milliPercent;
    }

    /** Fault: the second CRC of every answer with results is sent wrong. */
    public void wrongCrc(boolean wrongCrc) {
        this.wrongCrc = wrongCrc;
    }

    /** @return the temperature that the last result stands for, exactly as it was set when the measurement began */
    public int heldMilliCelsius() {
        return heldMilliCelsius;
    }

    /** @return the humidity that the last result stands for */
    public int heldMilliPercent() {
        return heldMilliPercent;
    }

    /** {@inheritDoc} */
    protected void onPowerOn() {
        answering = NONE;
        status = Sht31Commands.STATUS_AFTER_RESET;
    }

    /** {@inheritDoc} Unknown commands are not acknowledged. */
    protected int onWrite(byte[] octets, int offset, int length, long nowMs) {
        if (length == 0) {
            return Hal.OK;
        }
        return length == 2 ? obey((octets[offset] & 0xFF) << 8 | (octets[offset + 1] & 0xFF), nowMs) : Hal.NACK;
    }

    /** {@inheritDoc} */
    protected int onRead(byte[] into, int offset, int length, long nowMs) {
        if (conversionEnds(nowMs)) {
            convert();
        }
        if (answering == NONE) {
            return Hal.NACK;
        }
        int available = answering == STATUS ? 3 : 6;
        for (int i = 0; i < length; i++) {
            into[offset + i] = i < available ? answer[i] : (byte) 0xFF;
        }
        answering = NONE;
        return Hal.OK;
    }

    private int obey(int command, long nowMs) {
        answering = NONE;
        switch (command) {
            case Sht31Commands.SINGLE_HIGH:
                return measure(nowMs, 13);
            case Sht31Commands.SINGLE_MEDIUM:
                return measure(nowMs, 5);
            case Sht31Commands.SINGLE_LOW:
                return measure(nowMs, 3);
            case Sht31Commands.READ_STATUS:
                put(0, status);
                answering = STATUS;
                return Hal.OK;
            case Sht31Commands.CLEAR_STATUS:
                status &= HEATER;
                return Hal.OK;
            case Sht31Commands.HEATER_ON:
                status |= HEATER;
                return Hal.OK;
            case Sht31Commands.HEATER_OFF:
                status &= ~HEATER;
                return Hal.OK;
            case Sht31Commands.SOFT_RESET:
                powerCycle();
                return Hal.OK;
            default:
                return Hal.NACK;
        }
    }

    private int measure(long nowMs, int typicalMs) {
        latchedMilliCelsius = milliCelsius;
        latchedMilliPercent = milliPercent;
        startConversion(nowMs, typicalMs);
        return Hal.OK;
    }

    private void convert() {
        heldMilliCelsius = latchedMilliCelsius;
        heldMilliPercent = latchedMilliPercent;
        put(0, word((latchedMilliCelsius + 45_000L) * 65_535, 175_000));
        put(3, word(latchedMilliPercent * 65_535L, 100_000));
        answer[5] ^= wrongCrc ? 0x80 : 0;
        answering = RESULT;
    }

    private static int word(long numerator, int denominator) {
        long word = (numerator + denominator / 2) / denominator;
        return numerator < 0 ? 0 : word > 0xFFFF ? 0xFFFF : (int) word;
    }

    private void put(int at, int word) {
        answer[at] = (byte) (word >> 8);
        answer[at + 1] = (byte) word;
        answer[at + 2] = (byte) SensirionCrc.of(answer, at, 2);
    }
}
