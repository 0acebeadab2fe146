package midge.hal;

/** Calendar time, only to stamp readings. */
public interface WallClock {
    /** @return milliseconds since 1970-01-01T00:00:00Z, or a negative number while the time is not known */
    long unixMs();
}
