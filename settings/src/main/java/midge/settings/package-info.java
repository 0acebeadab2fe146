/** What every reader of settings files needs, whatever they are for. Knows no other module. */
@NullMarked
package midge.settings;

import org.jspecify.annotations.NullMarked;
