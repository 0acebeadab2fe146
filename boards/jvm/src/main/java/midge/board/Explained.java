package midge.board;

/** A sensor that knows more about its last failure than a number can say. */
public interface Explained {
    /** @return one clause for a person to read; empty when the last measurement was good */
    String problem();
}
