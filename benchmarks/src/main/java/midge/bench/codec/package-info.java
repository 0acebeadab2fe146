/**
 * What the codecs cost beside others that do the same work. One class for each codec holds the work, {@code Encode}, {@code Decode} and
 * {@code SnEncode}, {@code SnDecode} time it, {@link midge.bench.codec.CodecReport} runs everything, judges it and writes the table.
 */
package midge.bench.codec;
