package midge.cli.conform;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MQTT-SN messages as text, written and read without the product's codec. The Length field is never written: {@link #frame} adds the
 * shortest, {@link #fits} judges it. Words are separated by blanks:
 *
 * <ul>
 *   <li>{@code PUBLISH}: a message type by its name
 *   <li>{@code 20}, {@code 0001}: octets
 *   <li>{@code 'text'}: its octets in UTF-8, {@code 'x'*248} so many times; {@code @} stands for a word of this run alone
 *   <li>{@code {t}}: two octets that have a name; when a message is read and the name is new, the octets get it
 *   <li>{@code ..}: any octet (only when reading), {@code *}: whatever is left
 * </ul>
 */
final class Notation {
    static final int DUP = 0x80;
    static final int QOS = 0x60;

    private static final Pattern WORD = Pattern.compile("'([^']*)'(?:\\*(\\d+))?|\\{(\\w+)}|(\\S+)");

    private static final Map<String, Integer> TYPES = new HashMap<>();

    static {
        List<String> names = List.of(
                "ADVERTISE SEARCHGW GWINFO - CONNECT CONNACK WILLTOPICREQ WILLTOPIC WILLMSGREQ WILLMSG REGISTER REGACK PUBLISH PUBACK"
                        .concat(
                                " PUBCOMP PUBREC PUBREL - SUBSCRIBE SUBACK UNSUBSCRIBE UNSUBACK PINGREQ PINGRESP DISCONNECT -")
                        .concat(" WILLTOPICUPD WILLTOPICRESP WILLMSGUPD WILLMSGRESP")
                        .split(" "));
        for (int type = 0; type < names.size(); type++) {
            TYPES.put(names.get(type), type);
        }
        TYPES.remove("-");
        TYPES.put("FORWARD", 0xFE);
    }

    private final String tag;
    private final Map<String, byte[]> named = new HashMap<>();

    /** @param tag what {@code @} stands for */
    Notation(String tag) {
        this.tag = tag;
    }

    static boolean isMessageName(String word) {
        return TYPES.containsKey(word);
    }

    /** Gives two octets a name. */
    void name(String name, int value) {
        named.put(name, new byte[] {(byte) (value >>> 8), (byte) value});
    }

    void forget(String name) {
        named.remove(name);
    }

    int value(String name) {
        byte[] octets = named.get(name);
        return (octets[0] & 0xFF) << 8 | octets[1] & 0xFF;
    }

    /** {@return the text with {@code @} replaced} */
    String text(String text) {
        return text.replace("@", tag);
    }

    /** {@return the octets as they are written, without a Length} */
    byte[] octets(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            byte[] word = word(words);
            if (word == null) {
                throw new IllegalArgumentException("not known yet: " + words.group() + " in " + text);
            }
            out.writeBytes(word);
        }
        return out.toByteArray();
    }

    /** {@return the message with its Length in front} */
    byte[] frame(String text) {
        byte[] body = octets(text);
        int length = body.length + 1;
        byte[] frame;
        if (length <= 255) {
            frame = new byte[length];
            frame[0] = (byte) length;
        } else {
            length = body.length + 3;
            frame = new byte[length];
            frame[0] = 1;
            frame[1] = (byte) (length >>> 8);
            frame[2] = (byte) length;
        }
        System.arraycopy(body, 0, frame, length - body.length, body.length);
        return frame;
    }

    /** {@return whether the frame is the message; only then do its new names count from now on} */
    boolean fits(String text, byte[] frame) {
        return fits(text, frame, true);
    }

    /** As {@link #fits(String, byte[])}, but nothing gets a name. */
    boolean mayBe(String text, byte[] frame) {
        return fits(text, frame, false);
    }

    private boolean fits(String text, byte[] frame, boolean keepNames) {
        Map<String, byte[]> found = new HashMap<>();
        int at = bodyOffset(frame);
        Matcher words = WORD.matcher(text);
        while (at > 0 && words.find()) {
            if (words.group().equals("*")) {
                at = frame.length;
                break;
            }
            byte[] word = words.group().equals("..") ? null : word(words, found);
            int length = word == null ? (words.group(3) == null ? 1 : 2) : word.length;
            if (at + length > frame.length || (word != null && !equal(frame, at, word))) {
                return false;
            }
            if (words.group(3) != null) {
                found.put(words.group(3), Arrays.copyOfRange(frame, at, at + length));
            }
            at += length;
        }
        if (at != frame.length) {
            return false;
        }
        if (keepNames) {
            named.putAll(found);
        }
        return true;
    }

    private static boolean equal(byte[] frame, int at, byte[] word) {
        return Arrays.equals(frame, at, at + word.length, word, 0, word.length);
    }

    /** {@return where the MsgType is; 0 when the Length is not that of the datagram, or is longer than it needs to be} */
    private static int bodyOffset(byte[] frame) {
        if (frame.length >= 2 && (frame[0] & 0xFF) == frame.length && frame[0] != 1) {
            return 1;
        }
        boolean isLong =
                frame.length > 255 && frame[0] == 1 && ((frame[1] & 0xFF) << 8 | frame[2] & 0xFF) == frame.length;
        return isLong ? 3 : 0;
    }

    private byte[] word(Matcher words) {
        return word(words, Map.of());
    }

    /** {@return its octets, null when they are not known} */
    private byte[] word(Matcher words, Map<String, byte[]> found) {
        if (words.group(1) != null) {
            int times = words.group(2) == null ? 1 : Integer.parseInt(words.group(2));
            return text(words.group(1)).repeat(times).getBytes(StandardCharsets.UTF_8);
        }
        if (words.group(3) != null) {
            return named.getOrDefault(words.group(3), found.get(words.group(3)));
        }
        Integer type = TYPES.get(words.group(4));
        return type == null ? HexFormat.of().parseHex(words.group(4)) : new byte[] {type.byteValue()};
    }

    /** {@return the MsgType of a frame, -1 when it has none} */
    static int type(byte[] frame) {
        int at = frame.length > 3 && frame[0] == 1 ? 3 : 1;
        return frame.length > at ? frame[at] & 0xFF : -1;
    }

    /** {@return the Flags of a PUBLISH or SUBSCRIBE} */
    static int flags(byte[] frame) {
        return frame[flagsAt(frame)] & 0xFF;
    }

    /** {@return a copy with DUP set where the message type has that flag (A12)} */
    static byte[] again(byte[] frame) {
        byte[] copy = frame.clone();
        boolean guarded =
                type(frame) == TYPES.get("PUBLISH") && (flags(frame) & QOS) != 0 && (flags(frame) & QOS) != QOS;
        if (guarded || type(frame) == TYPES.get("SUBSCRIBE")) {
            copy[flagsAt(copy)] |= (byte) DUP;
        }
        return copy;
    }

    /** {@return whether the gateway sends such a message again until it is answered (A15)} */
    static boolean isRetried(byte[] frame) {
        int type = type(frame);
        return type == TYPES.get("REGISTER")
                || type == TYPES.get("PUBREL")
                || (type == TYPES.get("PUBLISH") && (flags(frame) & QOS) != 0);
    }

    private static int flagsAt(byte[] frame) {
        return frame[0] == 1 ? 4 : 2;
    }

    /** {@return a frame for whoever reads a failure} */
    static String show(byte[] frame) {
        int type = type(frame);
        String name = TYPES.entrySet().stream()
                .filter(entry -> entry.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("?");
        String hex = HexFormat.ofDelimiter(" ").withUpperCase().formatHex(frame);
        String ascii = new String(frame, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", ".");
        return name + "  " + hex + "  " + ascii;
    }
}
