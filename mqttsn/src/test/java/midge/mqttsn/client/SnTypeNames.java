package midge.mqttsn.client;

import midge.mqttsn.codec.SnType;

/** Type numbers by their names, by reflection, so that no list can leave one out. */
final class SnTypeNames {
    private SnTypeNames() {}

    static int of(String name) {
        try {
            return SnType.class
                    .getField(name.equals("envelope") ? "ENCAPSULATED" : name)
                    .getInt(null);
        } catch (NoSuchFieldException e) {
            return -1;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
