@NullMarked
package midge.gateway.core;

import org.jspecify.annotations.NullMarked;
