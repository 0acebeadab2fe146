/** A board for machines that have none: models of chips in slowly changing weather. */
@NullMarked
package midge.board.sim;

import org.jspecify.annotations.NullMarked;
