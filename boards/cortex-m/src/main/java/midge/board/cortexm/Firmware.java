package midge.board.cortexm;

import midge.board.small.SmallDevice;
import midge.board.small.SmallDeviceConfig;
import midge.hal.Clock;
import midge.hal.DigitalOut;
import midge.hal.Hal;
import midge.hal.link.HdlcFraming;
import midge.hal.link.SerialDatagramLink;
import midge.sensors.model.ModelI2cBus;
import midge.sensors.tmp102.Tmp102;
import midge.sensors.tmp102.Tmp102Model;
import midge.sensors.tmp102.Tmp102Registers;

/**
 * The device on a board: MQTT-SN on the UART in HDLC framing, a TMP102 and a LED. The emulated boards have no thermometer, so the chip is
 * its model; a board with the chip gives its own {@link midge.hal.I2cBus} instead.
 */
public final class Firmware implements Clock, DigitalOut {
    private static final byte[] NAME = {'m', 'i', 'd', 'g', 'e'};
    private static final int PERIOD_MS = 2_000;
    private static final int RETRY_MS = 1_000;
    private static final int KEEP_ALIVE_S = 30;

    private final Tmp102Model chip = new Tmp102Model();
    private final SmallDevice device;

    private Firmware() {
        ModelI2cBus bus = new ModelI2cBus(this);
        bus.attach(Tmp102Registers.ADDRESS, chip);
        SmallDeviceConfig config = new SmallDeviceConfig(NAME, NAME)
                .periodMs(PERIOD_MS)
                .retryMs(RETRY_MS)
                .keepAliveS(KEEP_ALIVE_S);
        SerialDatagramLink link = new SerialDatagramLink(new Uart(), new HdlcFraming(SmallDevice.FRAME_OCTETS));
        device = new SmallDevice(config, link, new Tmp102(bus, Tmp102Registers.ADDRESS), this, Board.seed());
    }

    /** Never ends. */
    public static void main(String[] args) {
        new Firmware().run();
    }

    private void run() {
        while (true) {
            long now = Board.millis();
            chip.milliCelsius(20_000 + ((int) now & 0x1FFF));
            Board.idle(device.turn(now));
        }
    }

    @Override
    public long nowMs() {
        return Board.millis();
    }

    @Override
    public int write(boolean high) {
        Board.led(high ? 1 : 0);
        return Hal.OK;
    }
}
