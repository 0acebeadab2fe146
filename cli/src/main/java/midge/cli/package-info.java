/** The {@code midge} command: {@link midge.cli.Midge} and one class per subcommand. */
@NullMarked
package midge.cli;

import org.jspecify.annotations.NullMarked;
