package midge.board.exercise;

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
import midge.wire.Prng;

/**
 * The device modules at work, in virtual time and from one seed: codecs on good and spoilt frames; then a whole device with driver and
 * chip model, client and serial framing on a noisy line to a small gateway. Each octet on the line and each outcome goes into one
 * checksum, which is the same on every platform that runs Java as it should be run.
 */
public final class Exercise implements Clock, DigitalOut {
    private static final int PERIOD_MS = 100;

    private final Prng prng = new Prng(0x6D69646765L);
    private final Checksum checksum = new Checksum();
    private final CodecExercise codec = new CodecExercise(prng, checksum);
    private final Tmp102Model chip = new Tmp102Model();
    private final NoisyPort line = new NoisyPort(prng, checksum);
    private final TinyGateway gateway = new TinyGateway(serial(line.other()));
    private final SmallDevice device;
    private long nowMs = 1_000;

    /** Takes all memory that the exercise uses. */
    public Exercise() {
        ModelI2cBus bus = new ModelI2cBus(this);
        bus.attach(Tmp102Registers.ADDRESS, chip);
        byte[] name = {'x'};
        SmallDeviceConfig config =
                new SmallDeviceConfig(name, name).periodMs(PERIOD_MS).retryMs(200);
        device = new SmallDevice(config, serial(line), new Tmp102(bus, Tmp102Registers.ADDRESS), this, 1);
    }

    private static SerialDatagramLink serial(NoisyPort port) {
        return new SerialDatagramLink(port, new HdlcFraming(SmallDevice.FRAME_OCTETS));
    }

    /** Writes and reads frames. */
    public void codec(int rounds) {
        for (int i = 0; i < rounds; i++) {
            codec.round();
        }
    }

    /** Runs the device until {@code publications} more have been confirmed. */
    public void device(int publications) {
        int enough = device.delivered() + publications;
        while (device.delivered() < enough) {
            long nextMs = device.turn(nowMs);
            gateway.turn();
            if (line.silent()) {
                chip.milliCelsius(20_000 + prng.below(5_000));
                nowMs = nextMs > nowMs ? nextMs : nowMs + 1;
            }
        }
        checksum.number(device.measured());
        checksum.number(device.commands());
        checksum.number(device.dropped());
        checksum.number(gateway.published());
        checksum.number((int) nowMs);
    }

    /** {@return the checksum over everything so far} */
    public int checksum() {
        return checksum.value();
    }

    /** {@return commands that the device has carried out} */
    public int commands() {
        return device.commands();
    }

    /** {@return messages that the gateway has had, repeated ones included} */
    public int published() {
        return gateway.published();
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public int write(boolean high) {
        checksum.octet(high ? 1 : 0);
        return Hal.OK;
    }
}
