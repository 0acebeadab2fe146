/** What tests need to talk to other programs. Start with {@link midge.sim.peer.Peers}. */
@org.jspecify.annotations.NullMarked
package midge.sim.peer;
