/**
 * A device in a few lines of Java, on any Java 17 machine: {@link midge.board.Device} only puts together what {@code midge.runtime} is
 * made of, and the loop runs without it. {@link midge.board.Board} is the machine's pins and buses.
 */
@NullMarked
package midge.board;

import org.jspecify.annotations.NullMarked;
