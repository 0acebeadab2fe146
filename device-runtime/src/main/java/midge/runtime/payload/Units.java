package midge.runtime.payload;

import midge.hal.sense.Quantity;

/**
 * How each {@link Quantity} is published: in which unit, with how many decimals, under which short name. Units are those of SenML
 * (RFC 8428 §12.1, without prefixes; those of angle and signal are of RFC 8798), so that one table serves text, JSON and SenML.
 */
public final class Units {
    private static final byte[] NONE = {};
    private static final byte[] CELSIUS = {'C', 'e', 'l'};
    private static final byte[] RELATIVE_HUMIDITY = {'%', 'R', 'H'};
    private static final byte[] PASCAL = {'P', 'a'};
    private static final byte[] LUX = {'l', 'x'};
    private static final byte[] VOLT = {'V'};
    private static final byte[] AMPERE = {'A'};
    private static final byte[] WATT = {'W'};
    private static final byte[] METRE = {'m'};
    private static final byte[] SECOND = {'s'};
    private static final byte[] PERCENT = {'%'};
    private static final byte[] DEGREE = {'d', 'e', 'g'};

    private static final byte[] OCTET = {'B'};
    private static final byte[] DBM = {'d', 'B', 'm'};

    private static final byte[] T = {'t'};
    private static final byte[] H = {'h'};
    private static final byte[] P = {'p'};
    private static final byte[] MOTION = {'m', 'o', 't', 'i', 'o', 'n'};
    private static final byte[] V = {'v'};
    private static final byte[] I = {'i'};
    private static final byte[] W = {'w'};
    private static final byte[] D = {'d'};
    private static final byte[] ON = {'o', 'n'};
    private static final byte[] LEVEL = {'l', 'e', 'v', 'e', 'l'};
    private static final byte[] ANGLE = {'a', 'n', 'g', 'l', 'e'};
    private static final byte[] COUNT = {'n'};
    private static final byte[] UP = {'u', 'p'};
    private static final byte[] FREE = {'f', 'r', 'e', 'e'};
    private static final byte[] RSSI = {'r', 's', 's', 'i'};
    private static final byte[] X = {'x'};

    private Units() {}

    /** @return how many decimals the integer carries in the published unit: 3 for thousandths; 0 for a quantity not known here */
    public static int scale(int quantity) {
        switch (quantity) {
            case Quantity.TEMPERATURE:
            case Quantity.HUMIDITY:
            case Quantity.ILLUMINANCE:
            case Quantity.LEVEL:
            case Quantity.ANGLE:
                return 3;
            case Quantity.VOLTAGE:
            case Quantity.CURRENT:
            case Quantity.POWER:
            case Quantity.DISTANCE:
                return 6;
            default:
                return 0;
        }
    }

    /** @return how many decimals are published unless told otherwise: about what the chips resolve */
    public static int digits(int quantity) {
        switch (quantity) {
            case Quantity.TEMPERATURE:
            case Quantity.HUMIDITY:
                return 2;
            case Quantity.ILLUMINANCE:
            case Quantity.LEVEL:
            case Quantity.ANGLE:
                return 1;
            case Quantity.VOLTAGE:
            case Quantity.CURRENT:
            case Quantity.POWER:
            case Quantity.DISTANCE:
                return 3;
            default:
                return 0;
        }
    }

    /** @return whether the quantity is yes or no, its value 1 or 0 */
    public static boolean isBoolean(int quantity) {
        return quantity == Quantity.MOTION || quantity == Quantity.SWITCH;
    }

    /** @return the SenML unit in ASCII, empty when it has none. The array is shared: read only */
    public static byte[] senml(int quantity) {
        switch (quantity) {
            case Quantity.TEMPERATURE:
                return CELSIUS;
            case Quantity.HUMIDITY:
                return RELATIVE_HUMIDITY;
            case Quantity.PRESSURE:
                return PASCAL;
            case Quantity.ILLUMINANCE:
                return LUX;
            case Quantity.VOLTAGE:
                return VOLT;
            case Quantity.CURRENT:
                return AMPERE;
            case Quantity.POWER:
                return WATT;
            case Quantity.DISTANCE:
                return METRE;
            case Quantity.LEVEL:
                return PERCENT;
            case Quantity.ANGLE:
                return DEGREE;
            case Quantity.DURATION:
                return SECOND;
            case Quantity.MEMORY:
                return OCTET;
            case Quantity.SIGNAL:
                return DBM;
            default:
                return NONE;
        }
    }

    /** @return a short name in ASCII, the key in JSON and the name in SenML. The array is shared: read only */
    public static byte[] name(int quantity) {
        switch (quantity) {
            case Quantity.TEMPERATURE:
                return T;
            case Quantity.HUMIDITY:
                return H;
            case Quantity.PRESSURE:
                return P;
            case Quantity.ILLUMINANCE:
                return LUX;
            case Quantity.MOTION:
                return MOTION;
            case Quantity.VOLTAGE:
                return V;
            case Quantity.CURRENT:
                return I;
            case Quantity.POWER:
                return W;
            case Quantity.DISTANCE:
                return D;
            case Quantity.SWITCH:
                return ON;
            case Quantity.LEVEL:
                return LEVEL;
            case Quantity.ANGLE:
                return ANGLE;
            case Quantity.COUNT:
                return COUNT;
            case Quantity.DURATION:
                return UP;
            case Quantity.MEMORY:
                return FREE;
            case Quantity.SIGNAL:
                return RSSI;
            default:
                return X;
        }
    }
}
