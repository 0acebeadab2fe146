package midge.gateway.table;

import midge.wire.Bytes;

/**
 * Memory for everything that has to wait: blocks of {@value #BLOCK} octets, chained as long as needed, shared by all sessions so that a
 * thousand idle clients cost nothing. Grows by slabs of 64 KiB up to its bound and keeps them; apart from that it allocates nothing.
 *
 * <p>A chain is named by the number of its first block; {@link #NONE} is no chain.
 */
public final class BlockPool {
    /** No chain: the pool is used up. */
    public static final int NONE = -1;
    /** Octets in one block. */
    public static final int BLOCK = 128;

    private static final int SLAB_BLOCKS = 512;

    private final byte[][] slabs;
    private final int[][] links;
    private final int blocksMax;
    private int made;
    private int firstFree = NONE;
    private int freeCount;

    /** @param octets bound, rounded up to whole slabs */
    public BlockPool(long octets) {
        int count = (int) ((octets + SLAB_BLOCKS * BLOCK - 1) / (SLAB_BLOCKS * BLOCK));
        slabs = new byte[count][];
        links = new int[count][];
        blocksMax = count * SLAB_BLOCKS;
        makeSlab();
    }

    /** @return a chain with room for {@code octets} (at least one block), or {@link #NONE}, and then nothing was taken */
    public int take(int octets) {
        int blocks = Math.max(1, (octets + BLOCK - 1) / BLOCK);
        if (blocks > freeCount + blocksMax - made) {
            return NONE;
        }
        int chain = NONE;
        for (int i = 0; i < blocks; i++) {
            int block = takeBlock();
            link(block, chain);
            chain = block;
        }
        return chain;
    }

    /** Gives a chain back; does nothing with {@link #NONE}. */
    public void give(int chain) {
        int block = chain;
        while (block != NONE) {
            int next = next(block);
            giveBlock(block);
            block = next;
        }
    }

    /** Gives only the first block back. @return the rest of the chain, may be {@link #NONE} */
    public int giveFirst(int chain) {
        int rest = next(chain);
        giveBlock(chain);
        return rest;
    }

    /** Hangs a chain behind the last block of another one. */
    public void append(int lastBlock, int chain) {
        link(lastBlock, chain);
    }

    /** @return the block after this one, or {@link #NONE} */
    public int next(int block) {
        return links[block / SLAB_BLOCKS][block % SLAB_BLOCKS];
    }

    /** @return the last block of a chain */
    public int last(int chain) {
        int block = chain;
        while (next(block) != NONE) {
            block = next(block);
        }
        return block;
    }

    /** @return the array that a block lies in, at {@link #offset} */
    public byte[] array(int block) {
        return slabs[block / SLAB_BLOCKS];
    }

    /** @return where a block begins in {@link #array} */
    public int offset(int block) {
        return block % SLAB_BLOCKS * BLOCK;
    }

    /** Copies octets into a chain, from its octet {@code at} on; it must be long enough. */
    public void write(int chain, int at, byte[] from, int offset, int length) {
        int block = skip(chain, at);
        int inBlock = at % BLOCK;
        int done = 0;
        while (done < length) {
            int part = Math.min(BLOCK - inBlock, length - done);
            System.arraycopy(from, offset + done, array(block), offset(block) + inBlock, part);
            done += part;
            inBlock = 0;
            block = done < length ? next(block) : NONE;
        }
    }

    /** Copies octets out of a chain, from its octet {@code at} on. */
    public void read(int chain, int at, byte[] into, int offset, int length) {
        int block = skip(chain, at);
        int inBlock = at % BLOCK;
        int done = 0;
        while (done < length) {
            int part = Math.min(BLOCK - inBlock, length - done);
            System.arraycopy(array(block), offset(block) + inBlock, into, offset + done, part);
            done += part;
            inBlock = 0;
            block = done < length ? next(block) : NONE;
        }
    }

    /** @return the octet {@code at}, below {@value #BLOCK}, of a chain's first block */
    public int u8(int chain, int at) {
        return Bytes.u8(array(chain), offset(chain) + at);
    }

    /** @return two octets from {@code at} of a chain's first block */
    public int u16(int chain, int at) {
        return Bytes.u16(array(chain), offset(chain) + at);
    }

    /** @return four octets from {@code at} of a chain's first block, as a signed number */
    public int s32(int chain, int at) {
        return (int) Bytes.u32(array(chain), offset(chain) + at);
    }

    /** Writes one octet into a chain's first block. */
    public void putU8(int chain, int at, int value) {
        Bytes.putU8(array(chain), offset(chain) + at, value);
    }

    /** Writes two octets into a chain's first block. */
    public void putU16(int chain, int at, int value) {
        Bytes.putU16(array(chain), offset(chain) + at, value);
    }

    /** Writes four octets into a chain's first block. */
    public void putS32(int chain, int at, int value) {
        Bytes.putU32(array(chain), offset(chain) + at, value);
    }

    /** @return octets in use now, in whole blocks */
    public long usedOctets() {
        return (long) (made - freeCount) * BLOCK;
    }

    /** @return octets taken from the Java heap so far */
    public long heldOctets() {
        return (long) made * BLOCK;
    }

    private int skip(int chain, int at) {
        int block = chain;
        for (int left = at; left >= BLOCK; left -= BLOCK) {
            block = next(block);
        }
        return block;
    }

    private int takeBlock() {
        if (firstFree == NONE) {
            makeSlab();
        }
        int block = firstFree;
        firstFree = next(block);
        freeCount--;
        return block;
    }

    private void giveBlock(int block) {
        link(block, firstFree);
        firstFree = block;
        freeCount++;
    }

    private void makeSlab() {
        int slab = made / SLAB_BLOCKS;
        slabs[slab] = new byte[SLAB_BLOCKS * BLOCK];
        links[slab] = new int[SLAB_BLOCKS];
        made += SLAB_BLOCKS;
        for (int block = made - 1; block >= made - SLAB_BLOCKS; block--) {
            giveBlock(block);
        }
    }

    private void link(int block, int next) {
        links[block / SLAB_BLOCKS][block % SLAB_BLOCKS] = next;
    }
}
