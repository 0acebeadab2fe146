package midge.fuzz;

import java.util.List;

/**
 * Something that reads octets from outside, with the invariants that must hold whatever they are. A target has a public constructor
 * without arguments and keeps no state from one input to the next, so that an input alone reproduces what it showed.
 */
public interface FuzzTarget {
    /** Throws when an invariant does not hold. @param data any octets; not to be changed */
    void fuzz(byte[] data);

    /** @return inputs to begin with, when nothing has been found yet: the examples that other tests use */
    List<byte[]> seeds();
}
