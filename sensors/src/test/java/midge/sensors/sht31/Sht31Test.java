package midge.sensors.sht31;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.hal.Hal;
import midge.hal.I2cBus;
import midge.hal.sense.Sensor;
import midge.profile.Hex;
import midge.sensors.I2cDriverContract;
import midge.sensors.Measuring;
import midge.sensors.driver.SensirionCrc;
import midge.sensors.model.I2cModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sht31Test extends I2cDriverContract {
    private final Sht31Model chip = new Sht31Model();

    @Override
    protected Sensor newDriver() {
        return new Sht31(bus, address());
    }

    @Override
    protected I2cModel chip() {
        return chip;
    }

    @Override
    protected int address() {
        return Sht31Commands.ADDRESS;
    }

    @Override
    protected void set(int value) {
        chip.milliCelsius(value);
    }

    @Override
    protected int tolerance() {
        return Sht31Model.RESOLUTION_MILLI;
    }

    @Override
    protected int[] examples() {
        return new int[] {21_380, -7_777};
    }

    /** Answers every status request well and every read with the same frame. */
    private static Sensor onWire(String frame) {
        byte[] octets = Hex.bytes(frame);
        I2cBus wire = (address, w, wo, wl, r, ro, rl) -> {
            if (rl == 3) {
                r[ro] = 0;
                r[ro + 1] = 0;
                r[ro + 2] = (byte) SensirionCrc.of(r, ro, 2);
            } else {
                System.arraycopy(octets, 0, r, ro, rl);
            }
            return Hal.OK;
        };
        return new Sht31(wire, 0x44);
    }

    @ParameterizedTest
    @CsvSource({"6666, 25000", "649E, 23782", "0000, -45000", "FFFF, 130000"})
    void convertsTemperature(String word, int milliCelsius) {
        assertEquals(milliCelsius, Sht31Commands.milliCelsius(Integer.parseInt(word, 16)));
    }

    @ParameterizedTest
    @CsvSource({"8000, 50001", "0000, 0", "FFFF, 100000"})
    void convertsHumidity(String word, int milliPercent) {
        assertEquals(milliPercent, Sht31Commands.milliPercent(Integer.parseInt(word, 16)));
    }

    @Test
    void readsTheFrameOfTheSheet() {
        Sensor sensor = onWire("64 9E 71 80 00 A2");
        assertEquals(23_782, Measuring.value(sensor, clock));
        assertEquals(50_001, sensor.value(Sht31.HUMIDITY));
    }

    @ParameterizedTest
    @CsvSource({
        "64 9E 70 80 00 A2, -105",
        "64 9E 71 80 00 A3, -105",
        "64 9F 71 80 00 A2, -105",
        "FF FF FF FF FF FF, -105",
        "00 00 81 80 00 A2, -107",
        "FF FF AC 80 00 A2, -107"
    })
    void judgesTheFrame(String frame, int expected) {
        assertEquals(expected, Measuring.once(onWire(frame), clock));
    }

    @Test
    void readsWhatTheChipHoldsOverTheWholeRange() {
        Sensor driver = newDriver();
        for (int step = 0; step <= 1_000; step++) {
            chip.milliCelsius(-40_000 + step * 165);
            chip.milliPercent(step * 100);
            assertEquals(Hal.OK, Measuring.once(driver, clock));
            assertEquals(-40_000 + step * 165, chip.heldMilliCelsius());
            assertEquals(chip.heldMilliCelsius(), driver.value(0), Sht31Model.RESOLUTION_MILLI);
            assertEquals(chip.heldMilliPercent(), driver.value(1), Sht31Model.RESOLUTION_MILLI);
        }
    }

    @Test
    void aWrongCrcOfEitherWordSpoilsBoth() {
        Sensor driver = newDriver();
        set(20_000);
        Measuring.value(driver, clock);
        set(30_000);
        chip.wrongCrc(true);
        assertEquals(Hal.BAD_CRC, Measuring.once(driver, clock));
        assertEquals(20_000, driver.value(0), 2);
    }

    @Test
    void saturationIsNoValue() {
        set(131_000);
        assertEquals(Hal.NO_VALUE, Measuring.once(newDriver(), clock));
        set(-46_000);
        assertEquals(Hal.NO_VALUE, Measuring.once(newDriver(), clock));
    }

    @Test
    void theModelRefusesWhatTheChipRefuses() {
        byte[] octets = Hex.bytes("12 34 00 00 00 00");
        assertEquals(Hal.NACK, bus.transfer(0x44, octets, 0, 2, octets, 0, 0));
        assertEquals(Hal.NACK, bus.transfer(0x44, octets, 0, 0, octets, 0, 6));
        octets = Hex.bytes("F3 2D 00 00 00 00");
        assertEquals(Hal.OK, bus.transfer(0x44, octets, 0, 2, octets, 2, 3));
        assertEquals("80 10 E1", Hex.of(octets, 2, 3));
    }
}
