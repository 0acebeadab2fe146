@NullMarked
package midge.cli;

import org.jspecify.annotations.NullMarked;
