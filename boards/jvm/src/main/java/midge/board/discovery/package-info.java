/** How a device tells others what it has: Home Assistant's discovery and the Homie convention. Decides only; sends nothing. */
@NullMarked
package midge.board.discovery;

import org.jspecify.annotations.NullMarked;
