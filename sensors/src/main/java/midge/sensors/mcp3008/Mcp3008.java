package midge.sensors.mcp3008;

import midge.hal.Hal;
import midge.hal.SpiBus;
import midge.hal.sense.Quantity;
import midge.sensors.driver.TimedSensor;

/**
 * One channel of an MCP3008, measured against ground (DS21295 §5 and §6.1, SPI mode 0 or 3). One value, voltage, in steps of 1/1024
 * of the reference. The conversion happens within the transfer.
 *
 * <p>{@code NO_VALUE} means full scale, at which the input may be anything above; {@code GONE} that the bit after the sampling time is
 * not 0, so nobody drives the line. A line that rests low cannot be told from 0 V.
 */
public final class Mcp3008 extends TimedSensor {
    static final int START = 0x01;
    static final int SINGLE_ENDED = 0x80;
    static final int NULL_BIT = 0x04;
    static final int FULL_SCALE = 1023;

    private final SpiBus bus;
    private final int channel;
    private final int referenceMillivolt;
    private final byte[] octets = new byte[3];
    private int counts;

    /**
     * @param bus with this chip's select line
     * @param channel 0..7
     * @param referenceMillivolt at the VREF pin, 250..5_500
     * @throws IllegalArgumentException outside these ranges
     */
    public Mcp3008(SpiBus bus, int channel, int referenceMillivolt) {
        super(new int[] {Quantity.VOLTAGE});
        if (channel < 0 || channel > 7 || referenceMillivolt < 250 || referenceMillivolt > 5_500) {
            throw new IllegalArgumentException("channel must be 0..7 and referenceMillivolt 250..5500");
        }
        this.bus = bus;
        this.channel = channel;
        this.referenceMillivolt = referenceMillivolt;
    }

    /** @param counts 0..1023. @return microvolt, {@code counts}/1024 of the reference */
    public static int microvolt(int counts, int referenceMillivolt) {
        return (int) (((long) counts * referenceMillivolt * 1_000 + 512) >> 10);
    }

    /** {@inheritDoc} */
    protected int start(long nowMs) {
        octets[0] = START;
        octets[1] = (byte) (SINGLE_ENDED | channel << 4);
        octets[2] = 0;
        int status = bus.transfer(octets, 0, octets, 0, octets.length);
        if (status == Hal.OK && (octets[1] & NULL_BIT) != 0) {
            return Hal.GONE;
        }
        counts = (octets[1] & 0x03) << 8 | (octets[2] & 0xFF);
        return status;
    }

    /** {@inheritDoc} */
    protected int collect() {
        if (counts == FULL_SCALE) {
            return Hal.NO_VALUE;
        }
        result(0, microvolt(counts, referenceMillivolt));
        return Hal.OK;
    }

    /** {@inheritDoc} */
    protected int conversionMs() {
        return 0;
    }

    /** {@inheritDoc} */
    protected void onFailure() {}
}
