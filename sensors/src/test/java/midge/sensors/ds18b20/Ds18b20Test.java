package midge.sensors.ds18b20;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.hal.Hal;
import midge.hal.OneWireBus;
import midge.profile.Hex;
import midge.sensors.Measuring;
import midge.sensors.TestClock;
import midge.sensors.model.ModelOneWireBus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Ds18b20Test {
    private final TestClock clock = new TestClock();
    private final ModelOneWireBus bus = new ModelOneWireBus(clock, 4);
    private final Ds18b20Model chip = new Ds18b20Model(0x0000_0001_B81CL);
    private final Ds18b20 driver = new Ds18b20(bus, chip.rom());

    Ds18b20Test() {
        bus.attach(chip);
    }

    /** A wire on which every read gives the same octets. */
    private static OneWireBus answering(String scratchpad) {
        byte[] octets = Hex.bytes(scratchpad);
        return (rom, w, wo, wl, r, ro, rl) -> {
            System.arraycopy(octets, 0, r, ro, rl);
            return Hal.OK;
        };
    }

    private static String withCrc(String eightOctets) {
        byte[] octets = Hex.bytes(eightOctets);
        return eightOctets + " " + Hex.of(new byte[] {(byte) Ds18b20Commands.crc(octets, 0, 8)});
    }

    @ParameterizedTest
    @CsvSource({"50 05 4B 46 7F FF 0C 10, 1C", "91 01 4B 46 7F FF 0F 10, 25", "02 1C B8 01 00 00 00, A2"})
    void crcOfTheVectors(String octets, String crc) {
        byte[] bytes = Hex.bytes(octets);
        assertEquals(Integer.parseInt(crc, 16), Ds18b20Commands.crc(bytes, 0, bytes.length));
    }

    @ParameterizedTest
    @CsvSource({
        "D0 07, 125000",
        "50 05, 85000",
        "91 01, 25063",
        "A2 00, 10125",
        "08 00, 500",
        "00 00, 0",
        "F8 FF, -500",
        "5E FF, -10125",
        "6F FE, -25063",
        "90 FC, -55000",
    })
    void readsTheDataSheetsTable(String raw, int milliCelsius) {
        // Byte 6 is not the power-on 0C, so 85 °C was measured.
        Ds18b20 sensor = new Ds18b20(answering(withCrc(raw + " 4B 46 7F FF 10 10")), OneWireBus.ONLY_DEVICE);
        assertEquals(milliCelsius, Measuring.value(sensor, clock));
    }

    @ParameterizedTest
    @CsvSource({
        "50 05 4B 46 7F FF 0C 10 1C, -107", // power-on value
        "50 05 4B 46 7F FF 0C 10 1D, -105", // wrong CRC
        "00 00 00 00 00 00 00 00 00, -104", // line held low, although the CRC fits
        "FF FF FF FF FF FF FF FF FF, -103", // nobody spoke
    })
    void judgesTheScratchpad(String scratchpad, int expected) {
        assertEquals(expected, Measuring.once(new Ds18b20(answering(scratchpad), OneWireBus.ONLY_DEVICE), clock));
    }

    @Test
    void anotherFamilyIsTheWrongChip() {
        String ds18s20 = withCrc("AA 00 4B 46 FF FF 0C 10");
        assertEquals(Hal.WRONG_CHIP, Measuring.once(new Ds18b20(answering(ds18s20), OneWireBus.ONLY_DEVICE), clock));
        assertEquals(Hal.WRONG_CHIP, Measuring.once(new Ds18b20(bus, 0xA200000001B81C02L), clock));
        assertEquals(Hal.WRONG_CHIP, Measuring.once(new Ds18b20(bus, chip.rom() ^ 1L << 60), clock));
        assertTrue(Ds18b20Commands.romIsSound(0xA200000001B81C02L)); // Maxim's example
        assertFalse(Ds18b20Commands.romIsSound(0xA300000001B81C02L));
    }

    @ParameterizedTest
    @CsvSource({"9, 500", "10, 250", "11, 125", "12, 62"})
    void readsWhatTheChipHoldsOverTheWholeRange(int bits, int stepMilliCelsius) {
        Ds18b20 sensor = new Ds18b20(bus, chip.rom(), bits);
        for (int milliCelsius = -55_000; milliCelsius <= 125_000; milliCelsius += 37) {
            chip.milliCelsius(milliCelsius);
            assertEquals(milliCelsius, Measuring.value(sensor, clock), stepMilliCelsius / 2 + 1);
            assertEquals(milliCelsius, chip.heldMilliCelsius());
        }
    }

    @ParameterizedTest
    @CsvSource({"9, 94", "10, 188", "11, 375", "12, 750"})
    void waitsForTheLongestConversionOfItsResolution(int bits, int ms) {
        Ds18b20 sensor = new Ds18b20(bus, chip.rom(), bits);
        assertEquals(Hal.OK, sensor.begin(clock.nowMs));
        assertEquals(clock.nowMs + ms, sensor.readyAtMs());
        assertEquals(Hal.WOULD_BLOCK, sensor.poll(clock.nowMs + ms - 1));
    }

    @Test
    void aMeasurementTakesTheTemperatureOfItsStart() {
        chip.milliCelsius(4_000);
        driver.begin(clock.nowMs);
        chip.milliCelsius(30_000);
        assertEquals(Hal.OK, Measuring.finish(driver, clock));
        assertEquals(4_000, driver.value(0));
    }

    @Test
    void eightyFiveDegreesAreBelievedWhenMeasured() {
        chip.milliCelsius(85_000);
        assertEquals(85_000, Measuring.value(driver, clock));
    }

    @Test
    void thePowerOnValueIsBelievedOnlyBesideAReadingNearIt() {
        String powerOn = "50 05 4B 46 7F FF 0C 10 1C";
        byte[] current = Hex.bytes(withCrc("30 05 4B 46 7F FF 10 10")); // 83 °C
        Ds18b20 sensor = new Ds18b20(
                (rom, w, wo, wl, r, ro, rl) -> {
                    System.arraycopy(current, 0, r, ro, rl);
                    return Hal.OK;
                },
                OneWireBus.ONLY_DEVICE);
        assertEquals(83_000, Measuring.value(sensor, clock));
        System.arraycopy(Hex.bytes(powerOn), 0, current, 0, 9);
        assertEquals(85_000, Measuring.value(sensor, clock));
        System.arraycopy(Hex.bytes(withCrc("90 04 4B 46 7F FF 10 10")), 0, current, 0, 9); // 73 °C
        assertEquals(73_000, Measuring.value(sensor, clock));
        System.arraycopy(Hex.bytes(powerOn), 0, current, 0, 9);
        assertEquals(Hal.NO_VALUE, Measuring.once(sensor, clock));
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 12})
    void aResetInTheMiddleIsNoValueAndTheNextMeasurementIsGood(int bits) {
        Ds18b20 sensor = new Ds18b20(bus, chip.rom(), bits);
        chip.milliCelsius(21_500);
        assertEquals(21_500, Measuring.value(sensor, clock));
        sensor.begin(clock.nowMs);
        chip.powerCycle();
        assertEquals(Hal.NO_VALUE, Measuring.finish(sensor, clock));
        assertEquals(21_500, sensor.value(0));
        chip.milliCelsius(22_000);
        assertEquals(22_000, Measuring.value(sensor, clock));
    }

    @Test
    void faultsHaveTheirCodesAndLeaveTheOldValue() {
        chip.milliCelsius(19_000);
        assertEquals(19_000, Measuring.value(driver, clock));
        chip.milliCelsius(50_000);
        chip.wrongCrc(true);
        assertEquals(Hal.BAD_CRC, Measuring.once(driver, clock));
        chip.wrongCrc(false);
        chip.heldLow(true);
        assertEquals(Hal.BUS_ERROR, Measuring.once(driver, clock));
        chip.heldLow(false);
        bus.stuck(true);
        assertEquals(Hal.BUS_ERROR, Measuring.once(driver, clock));
        bus.stuck(false);
        chip.absent(true);
        assertEquals(Hal.NACK, Measuring.once(driver, clock));
        assertEquals(19_000, driver.value(0));
        chip.absent(false);
        assertEquals(50_000, Measuring.value(driver, clock));
    }

    @Test
    void saturatesAtTheEndsOfItsRange() {
        chip.milliCelsius(200_000);
        assertEquals(125_000, Measuring.value(driver, clock));
        chip.milliCelsius(-80_000);
        assertEquals(-55_000, Measuring.value(driver, clock));
    }

    @Test
    void severalOnOneWireAreToldApartByTheirCodes() {
        Ds18b20Model second = new Ds18b20Model(2);
        bus.attach(second);
        chip.milliCelsius(10_000);
        second.milliCelsius(-10_000);
        assertEquals(10_000, Measuring.value(driver, clock));
        assertEquals(-10_000, Measuring.value(new Ds18b20(bus, second.rom()), clock));
        second.absent(true);
        assertEquals(Hal.NACK, Measuring.once(new Ds18b20(bus, second.rom()), clock));
    }

    @Test
    void severalThatSpeakAtOnceAreABadCrc() {
        Ds18b20Model second = new Ds18b20Model(2);
        bus.attach(second);
        chip.milliCelsius(10_000);
        second.milliCelsius(-10_125);
        assertEquals(Hal.BAD_CRC, Measuring.once(new Ds18b20(bus, OneWireBus.ONLY_DEVICE), clock));
    }

    @Test
    void aResolutionOutOfRangeIsRefusedAtConstruction() {
        assertThrows(IllegalArgumentException.class, () -> new Ds18b20(bus, chip.rom(), 13));
    }

    @Test
    @Tag("interpreted")
    void measuringAllocatesNothing() {
        Measuring.allocatesNothing(driver, clock);
    }
}
