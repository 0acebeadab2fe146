package midge.topic;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import midge.fuzz.Fenced;
import midge.fuzz.FuzzInput;
import midge.fuzz.FuzzTarget;
import midge.mqtt.codec.Rows;
import midge.profile.Hex;

/** A filter and a name, {@code |length|filter|name|}, judged and matched as the JDK's decoder and a matching level by level do it. */
public final class TopicFuzz implements FuzzTarget {
    @Override
    public void fuzz(byte[] data) {
        FuzzInput in = new FuzzInput(data);
        byte[] filter = in.field();
        byte[] name = in.rest();
        judge(filter, '/', '#');
        judge(filter, '#', 'a');
        judge(name, 0x80, 0xC3);
        if (check(filter) == 0 && TopicName.check(name, 0, name.length) == 0) {
            match(filter, name);
        }
    }

    private static int check(byte[] filter) {
        return TopicFilter.checkPlain(filter, 0, filter.length);
    }

    private static void judge(byte[] octets, int fence, int otherFence) {
        String text = decode(octets);
        boolean good = text != null && text.indexOf(0) < 0;
        boolean nul = text != null && text.indexOf(0) >= 0;
        for (int f : new int[] {fence, otherFence}) {
            Fenced in = Fenced.of(octets, f);
            int utf8 = Utf8.check(in.array, in.offset, in.length);
            expect("utf8", good, utf8 == 0);
            expect("nul", nul, utf8 == Utf8.NUL && text != null);
            boolean isName = good && !text.isEmpty() && text.indexOf('+') < 0 && text.indexOf('#') < 0;
            expect("name", isName, TopicName.check(in.array, in.offset, in.length) == 0);
            boolean isFilter = good && isFilter(text);
            expect("filter", isFilter, TopicFilter.checkPlain(in.array, in.offset, in.length) == 0);
            boolean claims = good && (text.equals("$share") || text.startsWith("$share/"));
            boolean shared = claims && isShared(text);
            boolean valid = claims ? shared : isFilter;
            expect("5.0 filter", valid, TopicFilter.check(in.array, in.offset, in.length) == 0);
            if (valid) {
                expect("shared", shared, TopicFilter.isShared(in.array, in.offset, in.length));
                int inner = TopicFilter.innerOffset(in.array, in.offset, in.length);
                expect(
                        "inner",
                        inner,
                        shared ? octets.length - inner(text).getBytes(StandardCharsets.UTF_8).length : 0);
            }
            in.check();
        }
    }

    private static void expect(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + ": expected " + expected + " but is " + actual);
        }
    }

    private static String decode(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isFilter(String text) {
        String[] levels = text.split("/", -1);
        for (int i = 0; i < levels.length; i++) {
            boolean wild = levels[i].indexOf('+') >= 0 || levels[i].indexOf('#') >= 0;
            if (wild && levels[i].length() > 1) {
                return false;
            }
            if (levels[i].equals("#") && i < levels.length - 1) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isShared(String text) {
        String[] parts = text.split("/", 3);
        return parts.length == 3
                && !parts[1].isEmpty()
                && parts[1].indexOf('+') < 0
                && parts[1].indexOf('#') < 0
                && isFilter(parts[2]);
    }

    private static String inner(String text) {
        return text.split("/", 3)[2];
    }

    private static void match(byte[] filter, byte[] name) {
        String f = new String(filter, StandardCharsets.UTF_8);
        String n = new String(name, StandardCharsets.UTF_8);
        boolean hidden = n.startsWith("$") && !f.startsWith("$");
        boolean expected = !hidden && matches(f.split("/", -1), n.split("/", -1), 0);
        for (int fence : new int[] {'/', '#', '+', 'a'}) {
            Fenced ff = Fenced.of(filter, fence);
            Fenced fn = Fenced.of(name, fence ^ 1);
            boolean actual = TopicFilter.matches(ff.array, ff.offset, ff.length, fn.array, fn.offset, fn.length);
            expect("matches", expected, actual);
        }
    }

    private static boolean matches(String[] filter, String[] name, int level) {
        if (level == filter.length) {
            return level == name.length;
        }
        if (filter[level].equals("#")) {
            return true;
        }
        return level < name.length
                ? (filter[level].equals("+") || filter[level].equals(name[level])) && matches(filter, name, level + 1)
                : level > 0 && level == name.length && filter[level].equals("#");
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String[] row : Rows.of("/midge/topic/matching.txt")) {
            seeds.add(seed(row[0], row[1]));
        }
        for (String[] row : Rows.of("/midge/topic/shared.txt")) {
            seeds.add(seed(row[0], row[1]));
        }
        // The edges of well-formed UTF-8.
        for (String edge : new String[] {
            "C0 80",
            "C1 BF",
            "C2 80",
            "E0 9F BF",
            "E0 A0 80",
            "ED 9F BF",
            "ED A0 80",
            "EF BF BF",
            "F0 8F BF BF",
            "F0 90 80 80",
            "F4 8F BF BF",
            "F4 90 80 80",
            "F5 80 80 80",
            "80",
            "E2 82",
            "61 00 62"
        }) {
            seeds.add(Hex.bytes("00 61 2F " + edge));
            seeds.add(Hex.bytes("03 61 2F 2B 61 2F " + edge));
        }
        return seeds;
    }

    private static byte[] seed(String filter, String name) {
        byte[] f = filter.getBytes(StandardCharsets.UTF_8);
        byte[] seed = ("?" + filter + name).getBytes(StandardCharsets.UTF_8);
        seed[0] = (byte) f.length;
        return seed;
    }
}
