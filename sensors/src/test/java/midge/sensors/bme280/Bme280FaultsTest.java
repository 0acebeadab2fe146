package midge.sensors.bme280;

import midge.hal.sense.Sensor;
import midge.sensors.I2cDriverContract;
import midge.sensors.model.I2cModel;

class Bme280FaultsTest extends I2cDriverContract {
    private final Bme280Model chip = new Bme280Model();

    @Override
    protected Sensor newDriver() {
        return new Bme280(bus, address());
    }

    @Override
    protected I2cModel chip() {
        return chip;
    }

    @Override
    protected int address() {
        return Bme280Registers.ADDRESS;
    }

    @Override
    protected void set(int value) {
        chip.milliCelsius(value);
    }

    @Override
    protected int tolerance() {
        return Bme280Model.RESOLUTION_MILLI_CELSIUS;
    }

    @Override
    protected int[] examples() {
        return new int[] {21_380, -12_340};
    }
}
