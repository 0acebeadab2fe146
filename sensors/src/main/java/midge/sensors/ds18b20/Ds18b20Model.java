package midge.sensors.ds18b20;

import midge.sensors.model.ModelChip;
import midge.sensors.model.OneWireSlave;

/**
 * A DS18B20 as seen from the bus. A conversion takes the temperature as it is when it starts; it reaches the scratchpad when the
 * conversion ends. Resolution 62.5 m°C at 12 bits, doubling with every bit less: a reading is within half a step of the held value,
 * plus half a thousandth for rounding.
 */
public final class Ds18b20Model extends ModelChip implements OneWireSlave {
    private static final int TH_DEFAULT = 0x4B;
    private static final int TL_DEFAULT = 0x46;
    private static final int BITS_DEFAULT = 12;

    private final long rom;
    private final byte[] scratchpad = new byte[Ds18b20Commands.SCRATCHPAD_LENGTH];
    private boolean wrongCrc;
    private boolean heldLow;
    private int milliCelsius = 20_000;
    private int latchedMilliCelsius;
    private int heldMilliCelsius = 85_000;

    /** @param serial 48 bits that make the ROM code, between family code and CRC */
    public Ds18b20Model(long serial) {
        this.rom = romOf(serial);
        onPowerOn();
    }

    /** @param milliCelsius -55_000..125_000; beyond these the chip stays at its end */
    public void milliCelsius(int milliCelsius) {
        this.milliCelsius = milliCelsius;
    }

    /** Fault: the CRC octet is sent wrong. */
    public void wrongCrc(boolean wrongCrc) {
        this.wrongCrc = wrongCrc;
    }

    /** Fault: it holds the line low through all read slots. */
    public void heldLow(boolean heldLow) {
        this.heldLow = heldLow;
    }

    /** @return the temperature that the scratchpad stands for, exactly as it was set when the conversion began; 85_000 after power-on */
    public int heldMilliCelsius() {
        return heldMilliCelsius;
    }

    /** {@inheritDoc} */
    public long rom() {
        return rom;
    }

    /** {@inheritDoc} */
    public boolean reset(long nowMs) {
        return answers();
    }

    /** {@inheritDoc} */
    public void execute(
            byte[] write, int writeOffset, int writeLength, byte[] read, int readOffset, int readLength, long nowMs) {
        if (conversionEnds(nowMs)) {
            convert();
        }
        int command = writeLength == 0 ? 0 : write[writeOffset] & 0xFF;
        if (command == Ds18b20Commands.CONVERT_T) {
            latchedMilliCelsius = milliCelsius;
            startConversion(nowMs, Ds18b20Commands.conversionMs(bits()));
            answerBusy(read, readOffset, readLength);
        } else if (command == Ds18b20Commands.WRITE_SCRATCHPAD) {
            writeScratchpad(write, writeOffset + 1, writeLength - 1);
        } else if (command == Ds18b20Commands.READ_SCRATCHPAD) {
            answerScratchpad(read, readOffset, readLength);
        }
    }

    /** {@inheritDoc} TH, TL and configuration come back from EEPROM, which we take as never written. */
    protected void onPowerOn() {
        heldMilliCelsius = 85_000;
        putTemperature(Ds18b20Commands.POWER_ON_TEMPERATURE);
        scratchpad[Ds18b20Commands.TH] = TH_DEFAULT;
        scratchpad[Ds18b20Commands.TH + 1] = TL_DEFAULT;
        scratchpad[Ds18b20Commands.CONFIGURATION] = (byte) Ds18b20Commands.configuration(BITS_DEFAULT);
        scratchpad[5] = (byte) 0xFF;
        scratchpad[Ds18b20Commands.RESERVED] = Ds18b20Commands.POWER_ON_RESERVED;
        scratchpad[7] = 0x10;
    }

    private void convert() {
        heldMilliCelsius = latchedMilliCelsius;
        int clamped = latchedMilliCelsius < -55_000 ? -55_000 : latchedMilliCelsius;
        clamped = clamped > 125_000 ? 125_000 : clamped;
        int dropped = 12 - bits();
        int step = 125 << dropped;
        // Nearest step: a step is 62.5 m°C << dropped; work in halves of a thousandth.
        int halves = clamped * 2 + (clamped < 0 ? -step / 2 : step / 2);
        putTemperature(halves / step << dropped);
        scratchpad[Ds18b20Commands.RESERVED] = (byte) (0x10 - (scratchpad[0] & 0x0F));
    }

    private void putTemperature(int sixteenths) {
        scratchpad[0] = (byte) sixteenths;
        scratchpad[1] = (byte) (sixteenths >> 8);
    }

    private int bits() {
        return 9 + (scratchpad[Ds18b20Commands.CONFIGURATION] >> 5 & 0x03);
    }

    /** Three octets or nothing; of the configuration only the resolution can be set. */
    private void writeScratchpad(byte[] octets, int offset, int length) {
        if (length >= 3) {
            scratchpad[Ds18b20Commands.TH] = octets[offset];
            scratchpad[Ds18b20Commands.TH + 1] = octets[offset + 1];
            scratchpad[Ds18b20Commands.CONFIGURATION] = (byte) (octets[offset + 2] & 0x60 | 0x1F);
        }
    }

    private static void answerBusy(byte[] read, int offset, int length) {
        for (int i = 0; i < length; i++) {
            read[offset + i] = 0;
        }
    }

    private void answerScratchpad(byte[] read, int offset, int length) {
        int crc = Ds18b20Commands.crc(scratchpad, 0, Ds18b20Commands.CRC);
        scratchpad[Ds18b20Commands.CRC] = (byte) (wrongCrc ? crc ^ 0x01 : crc);
        for (int i = 0; i < length && i < scratchpad.length; i++) {
            read[offset + i] &= heldLow ? 0 : scratchpad[i];
        }
    }

    private static long romOf(long serial) {
        long body = (serial & 0xFFFFFFFFFFFFL) << 8 | Ds18b20Commands.FAMILY;
        return body | (long) Ds18b20Commands.romCrc(body) << 56;
    }
}
