/** Sensors that Linux already has: its kernel's drivers, read as files. */
@NullMarked
package midge.board.linux;

import org.jspecify.annotations.NullMarked;
