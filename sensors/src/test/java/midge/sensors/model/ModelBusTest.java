package midge.sensors.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.hal.Hal;
import midge.sensors.TestClock;
import midge.sensors.ds18b20.Ds18b20Model;
import org.junit.jupiter.api.Test;

class ModelBusTest {
    private final TestClock clock = new TestClock();
    private final ModelI2cBus bus = new ModelI2cBus(clock);
    private final StringBuilder seen = new StringBuilder();
    private int writeStatus = Hal.OK;

    private final I2cSlave slave = new I2cSlave() {
        @Override
        public int write(byte[] octets, int offset, int length, long nowMs) {
            seen.append("W").append(length).append('@').append(nowMs).append(' ');
            return writeStatus;
        }

        @Override
        public int read(byte[] into, int offset, int length, long nowMs) {
            seen.append("R").append(length).append('@').append(nowMs).append(' ');
            return Hal.OK;
        }
    };

    private int transfer(int address, int writeLength, int readLength) {
        return bus.transfer(address, new byte[4], 0, writeLength, new byte[4], 0, readLength);
    }

    @Test
    void eachPartOfATransactionReachesTheSlaveOfThatAddress() {
        clock.nowMs = 7;
        assertEquals(Hal.OK, bus.attach(0x40, slave));
        assertEquals(Hal.OK, transfer(0x40, 2, 3));
        assertEquals(Hal.OK, transfer(0x40, 0, 1));
        assertEquals(Hal.OK, transfer(0x40, 1, 0));
        assertEquals(Hal.OK, transfer(0x40, 0, 0)); // a probe
        assertEquals("W2@7 R3@7 R1@7 W1@7 W0@7 ", seen.toString());
        assertEquals(4, bus.transfers());
    }

    @Test
    void nothingIsReadAfterARefusedWrite() {
        bus.attach(0x40, slave);
        writeStatus = Hal.NACK;
        assertEquals(Hal.NACK, transfer(0x40, 1, 1));
        assertEquals("W1@1000000 ", seen.toString());
    }

    @Test
    void nobodyAtAnAddressIsANack() {
        assertEquals(Hal.NACK, transfer(0x41, 1, 1));
    }

    @Test
    void addressesOutsideTheRangeAreInvalid() {
        assertEquals(Hal.INVALID, bus.attach(0x07, slave));
        assertEquals(Hal.INVALID, bus.attach(0x78, slave));
        assertEquals(Hal.INVALID, transfer(0x78, 1, 0));
        assertEquals(Hal.INVALID, transfer(-1, 1, 0));
    }

    @Test
    void aFullOneWireBusTakesNoMore() {
        ModelOneWireBus wire = new ModelOneWireBus(clock, 1);
        assertEquals(Hal.NACK, wire.transfer(0, new byte[1], 0, 1, new byte[1], 0, 0));
        assertEquals(Hal.OK, wire.attach(new Ds18b20Model(1)));
        assertEquals(Hal.FULL, wire.attach(new Ds18b20Model(2)));
    }
}
