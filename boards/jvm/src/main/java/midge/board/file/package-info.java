/** Devices described in TOML files: {@link midge.board.file.DeviceFile} reads one and makes a {@link midge.board.Device} of it. */
@NullMarked
package midge.board.file;

import org.jspecify.annotations.NullMarked;
