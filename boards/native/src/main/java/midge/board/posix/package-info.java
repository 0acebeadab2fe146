/** A device as a program for Linux without a JVM. Start with {@link midge.board.posix.NodeMain}. */
@org.jspecify.annotations.NullMarked
package midge.board.posix;
