@NullMarked
package midge.sim;

import org.jspecify.annotations.NullMarked;
