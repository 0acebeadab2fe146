/**
 * The gateway as a program of its own: its settings ({@link SettingsReader} reads file, environment and command line), its packet log,
 * and the page for monitoring ({@link StatusServer}).
 */
@NullMarked
package midge.gateway.app;

import org.jspecify.annotations.NullMarked;
