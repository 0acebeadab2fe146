/** What both protocols share: octets, status numbers, deterministic random numbers. Start with {@link Bytes}. */
package midge.wire;
