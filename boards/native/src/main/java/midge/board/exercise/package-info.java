/** One deterministic run of the device modules whose checksum every platform must agree on. Start with {@link midge.board.exercise.Exercise}. */
@org.jspecify.annotations.NullMarked
package midge.board.exercise;
