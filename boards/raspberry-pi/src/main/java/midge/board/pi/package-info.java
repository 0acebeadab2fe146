/** A Raspberry Pi's pins and buses, by Pi4J 2 with its gpiod and linuxfs plugins; its natives exist for ARM only and are loaded last. */
@NullMarked
package midge.board.pi;

import org.jspecify.annotations.NullMarked;
