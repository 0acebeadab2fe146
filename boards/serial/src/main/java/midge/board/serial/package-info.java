/** Serial ports of this machine behind {@link midge.hal.SerialPort}. Start with {@link midge.board.serial.SerialPorts}. */
@NullMarked
package midge.board.serial;

import org.jspecify.annotations.NullMarked;
