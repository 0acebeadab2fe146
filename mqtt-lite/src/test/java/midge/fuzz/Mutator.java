package midge.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes inputs a little, always in the same way for the same seed. (The kit serves modules that have no {@code Prng}.) */
final class Mutator {
    private static final int LENGTH_MAX = 4_096;
    private static final int[] TELLING = {0x00, 0x01, 0x02, 0x7D, 0x7E, 0x7F, 0x80, 0xC0, 0xFE, 0xFF};

    private final List<byte[]> corpus;
    private final Random dice;

    Mutator(List<byte[]> corpus, long seed) {
        this.corpus = corpus;
        dice = new Random(seed);
    }

    byte[] next() {
        byte[] input = any().clone();
        for (int n = 1 + dice.nextInt(4); n > 0; n--) {
            input = mutate(input);
        }
        return input.length > LENGTH_MAX ? Arrays.copyOf(input, LENGTH_MAX) : input;
    }

    private byte[] any() {
        return corpus.get(dice.nextInt(corpus.size()));
    }

    private byte[] mutate(byte[] input) {
        if (input.length == 0) {
            return new byte[] {(byte) dice.nextInt()};
        }
        int at = dice.nextInt(input.length);
        int count = 1 + dice.nextInt(Math.min(8, input.length - at));
        switch (dice.nextInt(8)) {
            case 0:
                input[at] ^= (byte) (1 << dice.nextInt(8));
                return input;
            case 1:
                input[at] = (byte) dice.nextInt();
                return input;
            case 2:
                input[at] = (byte) TELLING[dice.nextInt(TELLING.length)];
                return input;
            case 3:
                input[at] += (byte) (dice.nextInt(9) - 4);
                return input;
            case 4:
                return join(input, at, input, at + count, input.length);
            case 5:
                return join(input, at + count, input, at, input.length);
            case 6:
                return Arrays.copyOf(input, at);
            default:
                byte[] other = any();
                return join(input, at, other, dice.nextInt(other.length + 1), other.length);
        }
    }

    private static byte[] join(byte[] head, int headLength, byte[] tail, int from, int to) {
        byte[] joined = Arrays.copyOf(head, headLength + to - from);
        System.arraycopy(tail, from, joined, headLength, to - from);
        return joined;
    }
}
