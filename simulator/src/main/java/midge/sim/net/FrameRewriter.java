package midge.sim.net;

import org.jspecify.annotations.Nullable;

/** Changes what nodes put on air, before anyone sees it: stands for faulty firmware. */
@FunctionalInterface
public interface FrameRewriter {
    /**
     * Looks at one frame.
     *
     * @param toNode a node, or {@link SimPort#EVERYONE}
     * @param frame  a copy of its own
     * @return what is sent in its place; null for nothing
     */
    byte @Nullable [] rewrite(int fromNode, int toNode, byte[] frame);
}
