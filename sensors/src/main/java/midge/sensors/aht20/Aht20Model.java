package midge.sensors.aht20;

import midge.hal.Hal;
import midge.sensors.driver.SensirionCrc;
import midge.sensors.model.I2cModel;

/**
 * An AHT20 as seen from the bus: status, initialisation, triggered measurements, soft reset. A measurement takes the physical values
 * as they are when it starts. Resolution 0.2 m°C and 0.1 m%: a reading is within {@link #RESOLUTION_MILLI} of the held value.
 */
public final class Aht20Model extends I2cModel {
    /** No reading differs more from the held values, m°C or m%. */
    public static final int RESOLUTION_MILLI = 1;

    private static final int TYPICAL_MS = 75;
    private static final int TOP = 0xFFFFF;

    private final byte[] answer = new byte[7];
    private boolean calibrated;
    private boolean wrongCrc;
    private int milliCelsius = 20_000;
    private int milliPercent = 50_000;
    private int latchedMilliCelsius;
    private int latchedMilliPercent;
    private int heldMilliCelsius;
    private int heldMilliPercent;

    /** As after power-on, not initialised. */
    public Aht20Model() {
        onPowerOn();
    }

    /** @param milliCelsius -40_000..85_000; the converter ends at -50_000 and 150_000 */
    public void milliCelsius(int milliCelsius) {
        this.milliCelsius = milliCelsius;
    }

    /** @param milliPercent 0..100_000 */
    public void milliPercent(int milliPercent) {
        this.milliPercent = milliPercent;
    }

    /** Fault: the CRC octet is sent wrong. */
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
        calibrated = false;
        for (int i = 0; i < answer.length; i++) {
            answer[i] = 0;
        }
    }

    /** {@inheritDoc} Every read gives status and the last result, whatever was written before. */
    protected int onWrite(byte[] octets, int offset, int length, long nowMs) {
        update(nowMs);
        int code = length == 0 ? 0 : octets[offset] & 0xFF;
        if (code == Aht20Commands.SOFT_RESET) {
            powerCycle();
        } else if (length >= 3 && code == Aht20Commands.INITIALISE) {
            calibrated = octets[offset + 1] == Aht20Commands.INITIALISE_ARGUMENT;
        } else if (length >= 3 && code == Aht20Commands.TRIGGER) {
            latchedMilliCelsius = milliCelsius;
            latchedMilliPercent = milliPercent;
            startConversion(nowMs, TYPICAL_MS);
        }
        return Hal.OK;
    }

    /** {@inheritDoc} */
    protected int onRead(byte[] into, int offset, int length, long nowMs) {
        update(nowMs);
        answer[0] = (byte) ((converting() ? Aht20Commands.BUSY : 0) | (calibrated ? Aht20Commands.CALIBRATED : 0));
        answer[6] = (byte) (SensirionCrc.of(answer, 0, 6) ^ (wrongCrc ? 0x01 : 0));
        for (int i = 0; i < length; i++) {
            into[offset + i] = i < answer.length ? answer[i] : (byte) 0xFF;
        }
        return Hal.OK;
    }

    private void update(long nowMs) {
        if (!conversionEnds(nowMs)) {
            return;
        }
        heldMilliCelsius = latchedMilliCelsius;
        heldMilliPercent = latchedMilliPercent;
        int humidity = counts(latchedMilliPercent, 100_000);
        int temperature = counts(latchedMilliCelsius + 50_000, 200_000);
        answer[1] = (byte) (humidity >> 12);
        answer[2] = (byte) (humidity >> 4);
        answer[3] = (byte) (humidity << 4 | temperature >> 16);
        answer[4] = (byte) (temperature >> 8);
        answer[5] = (byte) temperature;
    }

    private static int counts(int value, int range) {
        long counts = (((long) value << 20) + range / 2) / range;
        return counts < 0 ? 0 : counts > TOP ? TOP : (int) counts;
    }
}
