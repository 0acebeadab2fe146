/** The live page: what a browser sees of a world, and what it may do to it. Start with {@link midge.sim.live.page.LivePage}. */
@NullMarked
package midge.sim.live.page;

import org.jspecify.annotations.NullMarked;
