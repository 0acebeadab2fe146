/**
 * MQTT-SN frames as flyweights over {@code byte[]}: {@code wrap} judges a whole datagram, accessors read it in place, {@code encode}
 * writes one. Start with {@link SnMessage}.
 *
 * <p>This package is protocol version 1.2 (ProtocolId 0x01). What versions share is {@link SnHeader}; what differs, which types exist
 * and how long each may be, is a {@link SnProtocol}, so that another version gets a table and a package of its own beside this one.
 *
 * <p>Every {@code wrap(buffer, offset, length)} takes exactly one datagram, never throws and keeps the array only until the next
 * {@code wrap}. It returns {@link midge.wire.Status#OK}, {@code TRUNCATED} (the frame says that it is longer than the datagram),
 * {@code MALFORMED}, or {@code UNSUPPORTED} (reserved type, or an extension that is switched off). Accessors are meaningful after OK
 * only; offsets that they return are indexes into {@link SnFlyweight#buffer()}.
 *
 * <p>Every {@code encode(out, at, capacity, …)} writes at {@code out[at]} into at most {@code capacity} octets, in the shortest length
 * form, and returns the octets written, or a negative status with nothing written that counts: {@code TOO_SMALL} (capacity),
 * {@code TOO_LARGE} (above 65535 octets), {@code INVALID} (an argument that the format cannot carry).
 */
package midge.mqttsn.codec;
