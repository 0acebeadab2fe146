package midge.sensors.ds18b20;

import midge.hal.Hal;
import midge.hal.OneWireBus;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;

/**
 * Maxim DS18B20 on 1-Wire, externally powered. One value, temperature, in steps of 0.0625 °C at 12 bits (0.5 °C at 9).
 *
 * <p>{@code NACK} means that nobody answered, {@code BAD_CRC} that the scratchpad was damaged on the way, {@code NO_VALUE} that it
 * still holds the power-on 85 °C or that a reset in the middle undid the set-up, {@code WRONG_CHIP} that another family answers. The
 * chip does not tell a finished conversion from an unfinished one once the bus was reset, so we wait for the longest time (750 ms).
 */
public final class Ds18b20 implements Sensor {
    /** A measured 85 °C is believed when the reading before was at most this far from it. */
    private static final int NEIGHBOUR_MILLI_CELSIUS = 5_000;

    private static final int POWER_ON_MILLI_CELSIUS = 85_000;

    private final OneWireBus bus;
    private final long rom;
    private final int bits;
    private final byte[] command = new byte[4];
    private final byte[] scratchpad = new byte[Ds18b20Commands.SCRATCHPAD_LENGTH];
    private boolean identified;
    private boolean converting;
    private boolean measured;
    private long readyAtMs = Long.MAX_VALUE;
    private int milliCelsius;

    /** At 12 bits. @param rom the chip's code, or {@link OneWireBus#ONLY_DEVICE} */
    public Ds18b20(OneWireBus bus, long rom) {
        this(bus, rom, 12);
    }

    /**
     * @param rom the chip's code, or {@link OneWireBus#ONLY_DEVICE}
     * @param bits resolution, 9..12; written to the chip when it is set otherwise
     * @throws IllegalArgumentException for another resolution
     */
    public Ds18b20(OneWireBus bus, long rom, int bits) {
        if (bits < 9 || bits > 12) {
            throw new IllegalArgumentException("bits must be 9..12");
        }
        this.bus = bus;
        this.rom = rom;
        this.bits = bits;
    }

    /** {@inheritDoc} */
    public int begin(long nowMs) {
        converting = false;
        readyAtMs = Long.MAX_VALUE;
        int status = identified ? Hal.OK : identify();
        if (status == Hal.OK) {
            command[0] = Ds18b20Commands.CONVERT_T;
            status = bus.transfer(rom, command, 0, 1, scratchpad, 0, 0);
        }
        if (status != Hal.OK) {
            return fail(status);
        }
        converting = true;
        readyAtMs = nowMs + Ds18b20Commands.conversionMs(bits);
        return Hal.OK;
    }

    /** {@inheritDoc} */
    public long readyAtMs() {
        return readyAtMs;
    }

    /** {@inheritDoc} */
    public int poll(long nowMs) {
        if (!converting || nowMs < readyAtMs) {
            return Hal.WOULD_BLOCK;
        }
        int status = readScratchpad();
        if (status == Hal.OK && !isConfigured()) {
            status = Hal.NO_VALUE;
        }
        if (status != Hal.OK) {
            return fail(status);
        }
        // The low bits are undefined below 12 bits ("Temperature Register Format").
        int sixteenths = rawTemperature() >> (12 - bits) << (12 - bits);
        if (isPowerOnValue() && !isNearPowerOnValue()) {
            return fail(Hal.NO_VALUE);
        }
        milliCelsius = milliCelsius(sixteenths);
        measured = true;
        converting = false;
        readyAtMs = Long.MAX_VALUE;
        return Hal.OK;
    }

    /** {@inheritDoc} */
    public int valueCount() {
        return 1;
    }

    /** {@inheritDoc} */
    public int quantity(int index) {
        return index == 0 ? Quantity.TEMPERATURE : Quantity.NONE;
    }

    /** {@inheritDoc} */
    public int value(int index) {
        return milliCelsius;
    }

    /** @param sixteenths of a degree. @return thousandths, rounded away from zero where half: 62.5 gives 63 */
    public static int milliCelsius(int sixteenths) {
        int tenThousandths = sixteenths * 625;
        return (tenThousandths + (tenThousandths < 0 ? -5 : 5)) / 10;
    }

    private int identify() {
        if (rom != OneWireBus.ONLY_DEVICE
                && ((rom & 0xFF) != Ds18b20Commands.FAMILY || !Ds18b20Commands.romIsSound(rom))) {
            return Hal.WRONG_CHIP;
        }
        int status = readScratchpad();
        if (status == Hal.OK && !isConfigured()) {
            status = configure();
        }
        identified = status == Hal.OK;
        return status;
    }

    /** Keeps TH and TL, which belong to the user. */
    private int configure() {
        command[0] = Ds18b20Commands.WRITE_SCRATCHPAD;
        command[1] = scratchpad[Ds18b20Commands.TH];
        command[2] = scratchpad[Ds18b20Commands.TH + 1];
        command[3] = (byte) Ds18b20Commands.configuration(bits);
        return bus.transfer(rom, command, 0, 4, scratchpad, 0, 0);
    }

    private int readScratchpad() {
        command[0] = (byte) Ds18b20Commands.READ_SCRATCHPAD;
        int status = bus.transfer(rom, command, 0, 1, scratchpad, 0, scratchpad.length);
        if (status != Hal.OK) {
            return status;
        }
        if (allAre(0xFF)) {
            return Hal.NACK;
        }
        // Nine zeros carry a good CRC, but are a line held low.
        if (allAre(0x00)) {
            return Hal.BUS_ERROR;
        }
        if (Ds18b20Commands.crc(scratchpad, 0, Ds18b20Commands.CRC) != (scratchpad[Ds18b20Commands.CRC] & 0xFF)) {
            return Hal.BAD_CRC;
        }
        // Bit 7 is 0 and bits 4..0 are 1 in a DS18B20; the DS18S20 has FF here.
        return (scratchpad[Ds18b20Commands.CONFIGURATION] & 0x9F) == 0x1F ? Hal.OK : Hal.WRONG_CHIP;
    }

    private boolean isConfigured() {
        return scratchpad[Ds18b20Commands.CONFIGURATION] == Ds18b20Commands.configuration(bits);
    }

    private int rawTemperature() {
        return (scratchpad[0] & 0xFF) | scratchpad[1] << 8;
    }

    private boolean isPowerOnValue() {
        return rawTemperature() == Ds18b20Commands.POWER_ON_TEMPERATURE
                && scratchpad[Ds18b20Commands.RESERVED] == Ds18b20Commands.POWER_ON_RESERVED;
    }

    private boolean isNearPowerOnValue() {
        int distance = milliCelsius - POWER_ON_MILLI_CELSIUS;
        return measured && distance >= -NEIGHBOUR_MILLI_CELSIUS && distance <= NEIGHBOUR_MILLI_CELSIUS;
    }

    private boolean allAre(int octet) {
        for (int i = 0; i < scratchpad.length; i++) {
            if ((scratchpad[i] & 0xFF) != octet) {
                return false;
            }
        }
        return true;
    }

    private int fail(int status) {
        converting = false;
        identified = false;
        readyAtMs = Long.MAX_VALUE;
        return status;
    }
}
