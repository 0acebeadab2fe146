package midge.sim.stream;

import midge.sim.World;
import midge.wire.Prng;

/** One simulated TCP connection to a {@link BrokerNode}, as its client holds it. */
public final class SimStream implements ClientStream {
    /** Octets under way at which a sender has to wait. */
    static final int FULL = 65_536;

    private final int number;
    private final BrokerNode node;
    private final StreamUser user;
    private final Pipe up;
    private final Pipe down;
    private final Prng prng;
    private final StreamFaults faults;
    private boolean open;
    private boolean ended;
    private boolean clientWaits;
    private boolean brokerWaits;

    SimStream(World world, BrokerNode node, int number, StreamFaults faults, Prng prng, StreamUser user) {
        this.number = number;
        this.node = node;
        this.user = user;
        this.faults = faults;
        this.prng = prng;
        up = new Pipe(world, prng, faults, new Up());
        down = new Pipe(world, prng, faults, new Down());
        up.behind(() -> node.onArrived(this));
    }

    /** {@return its number, which no other stream of the node ever has} */
    public int number() {
        return number;
    }

    @Override
    public int send(byte[] octets, int offset, int length) {
        if (!open || ended) {
            return 0;
        }
        int taken = Math.min(length, Math.max(0, FULL - up.underWay()));
        if (faults.chopped() && taken > 1 && prng.below(8) == 0) {
            taken = prng.below(taken);
        }
        clientWaits |= taken < length;
        up.put(octets, offset, taken);
        if (clientWaits && up.underWay() == 0) {
            up.behind(this::drained);
        }
        return taken;
    }

    private void drained() {
        if (clientWaits && up.underWay() < FULL / 2) {
            clientWaits = false;
            user.onWritable();
        }
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            down.kill();
            up.behind(() -> {
                node.onEnded(this);
                up.kill();
            });
        }
    }

    /** The broker has accepted. */
    void accepted() {
        down.behind(() -> {
            open = true;
            user.onOpen();
        });
    }

    /** Nobody listens. */
    void refused() {
        up.kill();
        down.behind(this::endedByPeer);
    }

    void sendDown(byte[] octets, int offset, int length) {
        down.put(octets, offset, length);
        if (!brokerWaits && down.underWay() >= FULL) {
            brokerWaits = true;
            node.onWritable(this, false);
        }
    }

    /** The broker has closed: the client hears of it behind what was sent before. */
    void closeDown() {
        up.kill();
        down.behind(this::endedByPeer);
    }

    /** Both ends find it broken; all that was under way is lost. */
    void fail() {
        up.kill();
        down.kill();
        node.onEnded(this);
        if (!ended) {
            ended = true;
            user.onClosed();
        }
    }

    private void endedByPeer() {
        down.kill();
        if (!ended) {
            ended = true;
            user.onClosed();
        }
    }

    private final class Up implements Pipe.Outlet {
        @Override
        public void onOctets(byte[] octets, int offset, int length) {
            node.onOctets(SimStream.this, octets, offset, length);
        }

        @Override
        public void onBroken() {
            fail();
        }

        @Override
        public void onDrained() {
            if (!ended) {
                drained();
            }
        }
    }

    private final class Down implements Pipe.Outlet {
        @Override
        public void onOctets(byte[] octets, int offset, int length) {
            node.show(SimStream.this, false, octets, offset, length);
            user.onOctets(octets, offset, length);
        }

        @Override
        public void onBroken() {
            fail();
        }

        @Override
        public void onDrained() {
            if (brokerWaits && down.underWay() < FULL / 2) {
                brokerWaits = false;
                node.onWritable(SimStream.this, true);
            }
        }
    }
}
