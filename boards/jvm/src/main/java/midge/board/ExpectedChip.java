package midge.board;

/**
 * A chip on a bus that a device file names.
 *
 * @param kind as in the file, {@code bme280}
 * @param bus the bus's number
 * @param address its I2C address, or on SPI its select line
 * @param fault what a simulated one suffers from, {@code absent}, {@code stuck-bus}, {@code wrong-chip}; empty: nothing
 */
public record ExpectedChip(String kind, int bus, int address, String fault) {}
