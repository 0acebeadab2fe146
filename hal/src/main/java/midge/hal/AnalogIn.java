package midge.hal;

/**
 * One analog input, 0 V upwards.
 *
 * <p><em>For board authors:</em> calibrate and scale; a value at the converter's upper end is {@link Hal#NO_VALUE}, since the true one
 * may be anything above.
 */
public interface AnalogIn {
    /** @return microvolt, 0 or more; {@link Hal#WOULD_BLOCK} while a conversion runs; another negative {@link Hal} code on failure */
    int readMicrovolt();
}
