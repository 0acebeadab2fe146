@NullMarked
package midge.board.jvm;

import org.jspecify.annotations.NullMarked;
