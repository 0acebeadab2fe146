package midge.sensors.bme280;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.profile.Hex;
import org.junit.jupiter.api.Test;

class Bme280CalibrationTest {
    /** BST-BMP280-DS001 §3.12: T1=27504 T2=26435 T3=-1000, P1..P9; then an unused octet and H1=75. */
    static final String LOW = "70 6B 43 67 18 FC 7D 8E 43 D6 D0 0B 27 0B 8C 00 F9 FF 8C 3C F8 C6 70 17 00 4B";

    private final Bme280Calibration calibration = new Bme280Calibration();

    Bme280CalibrationTest() {
        assertTrue(calibration.load(Hex.bytes(LOW), 0));
        calibration.loadHumidity(Hex.bytes("6A 01 00 13 29 03 1E"), 0); // 362, 0, 313, 50, 30
    }

    @Test
    void temperatureOfTheDataSheetsExample() {
        assertEquals(128_422, calibration.fineTemperature(519_888));
        assertEquals(25_080, Bme280Calibration.milliCelsius(128_422));
    }

    @Test
    void pressureOfTheDataSheetsExample() {
        assertEquals(25_767_233, calibration.pressure256(415_148, 128_422)); // 100653.254 Pa
    }

    @Test
    void humidityOfTheWorkedExample() {
        assertEquals(42_051, calibration.humidity1024(27_500, 128_422)); // 41.065 %
    }

    @Test
    void humidityIsHeldWithinNoughtAndAHundredPercent() {
        assertEquals(0, calibration.humidity1024(1, 128_422));
        assertEquals(102_400, calibration.humidity1024(0xFFFE, 128_422));
    }

    @Test
    void twelveBitCoefficientsAreSigned() {
        // H4 = FB5 (-75), H5 = FCE (-50), H6 = E2 (-30)
        Bme280Calibration negative = new Bme280Calibration();
        negative.load(Hex.bytes(LOW), 0);
        negative.loadHumidity(Hex.bytes("6A 01 00 FB E5 FC E2"), 0);
        assertEquals(reference(3_000, 128_422, 75, 362, 0, -75, -50, -30), negative.humidity1024(3_000, 128_422), 8);
    }

    @Test
    void anEmptyCalibrationMemoryIsNoticed() {
        assertFalse(new Bme280Calibration().load(new byte[26], 0));
        byte[] ones = new byte[26];
        java.util.Arrays.fill(ones, (byte) 0xFF);
        assertFalse(new Bme280Calibration().load(ones, 0));
    }

    @Test
    void aPressureFormulaWithoutResultSaysSo() {
        byte[] withoutP1 = Hex.bytes(LOW);
        withoutP1[6] = 0;
        withoutP1[7] = 0;
        Bme280Calibration broken = new Bme280Calibration();
        broken.load(withoutP1, 0);
        assertEquals(-1, broken.pressure256(415_148, 128_422));
    }

    /** The floating-point form, BST-BME280-DS002 appendix 8.1. @return 1/1024 % */
    static double reference(int adcH, int fine, int h1, int h2, int h3, int h4, int h5, int h6) {
        double v = fine - 76800.0;
        v = (adcH - (h4 * 64.0 + h5 / 16384.0 * v))
                * (h2 / 65536.0 * (1.0 + h6 / 67108864.0 * v * (1.0 + h3 / 67108864.0 * v)));
        return v * (1.0 - h1 * v / 524288.0) * 1024;
    }
}
