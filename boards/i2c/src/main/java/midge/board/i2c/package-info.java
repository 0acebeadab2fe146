/** I2C buses of any Linux machine: {@code /dev/i2c-1}, by JNA, whose natives exist for all of them. */
@NullMarked
package midge.board.i2c;

import org.jspecify.annotations.NullMarked;
