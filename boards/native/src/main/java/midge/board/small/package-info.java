/** The device that the programs without a JVM are made of. Start with {@link midge.board.small.SmallDevice}. */
@org.jspecify.annotations.NullMarked
package midge.board.small;
