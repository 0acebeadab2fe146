package midge.runtime.task;

import midge.hal.Hal;
import midge.hal.sense.Actuator;
import midge.hal.sense.Quantity;

/** Obeys {@code 1} and {@code 0}. */
final class FakeSwitch implements Actuator {
    int failure;
    private int value;

    public int apply(byte[] command, int offset, int length) {
        if (length != 1 || command[offset] != '0' && command[offset] != '1') {
            return Hal.INVALID;
        }
        if (failure < 0) {
            return failure;
        }
        value = command[offset] - '0';
        return Hal.OK;
    }

    public int quantity() {
        return Quantity.SWITCH;
    }

    public int value() {
        return value;
    }
}
