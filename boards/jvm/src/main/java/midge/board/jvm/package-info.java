/** Links, clock and idling for any Java 17 machine. Start with {@link midge.board.jvm.SelectorIdle}. */
@NullMarked
package midge.board.jvm;

import org.jspecify.annotations.NullMarked;
