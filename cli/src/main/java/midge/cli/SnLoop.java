package midge.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;
import midge.board.jvm.JvmClock;
import midge.board.jvm.PeersLink;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.UdpLink;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.client.SnClientListener;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/** Moves frames and time between an {@link SnClient} and its gateway on the calling thread, and turns to another gateway for a lost one. */
final class SnLoop implements AutoCloseable {
    /** How long a search goes on before there is no gateway. */
    private static final long SEARCH_MS = 20_000;
    /** Longest time for the last frames. */
    private static final long GOODBYE_MS = 2_000;

    private final JvmClock clock = new JvmClock();
    private final SelectorIdle idle = new SelectorIdle(clock);
    private final Interrupt interrupt;
    private final SnOptions options;
    private final SnGateways gateways;
    private final PeersLink link;
    private final SnClient client;
    private final SnEvents events;
    private final double patienceS;
    private final byte[] frame = new byte[UdpLink.DEFAULT_MTU];
    private @Nullable InetSocketAddress lastGateway;
    /** Whether the gateway has sent anything while it was asked to connect, and in vain. */
    private boolean isHeard;

    private boolean isClosing;

    /** Opens the sockets; says nothing yet. */
    SnLoop(SnOptions options, SnClientConfig config, SnEvents events) {
        this.options = options;
        this.events = events;
        gateways = options.gateways();
        try {
            link = options.open(idle);
        } catch (IOException e) {
            throw new UserError(
                    ExitCode.FAILED, "cannot open a UDP socket for " + gateways.where() + ": " + e.getMessage());
        }
        patienceS = (1 + config.retries()) * config.retryMs() / 1000.0;
        client = new SnClient(config, events);
        interrupt = new Interrupt(idle::wake);
    }

    SnClient client() {
        return client;
    }

    long nowMs() {
        return clock.nowMs();
    }

    /** Ends the rest of {@link #run} at once; safe from any thread. */
    void wake() {
        idle.wake();
    }

    /** {@return whether the user has asked to end} */
    boolean isInterrupted() {
        return interrupt.isAsked();
    }

    /** {@return whether there is no connection, and none is on its way} */
    boolean isDown() {
        return client.state() == SnClient.DISCONNECTED || client.state() == SnClient.LOST;
    }

    /** Searches until a gateway is known, when none is named. Throws {@link UserError} when none answers. */
    void find() {
        if (!run(() -> gateways.current() != null, nowMs() + SEARCH_MS) && !isInterrupted()) {
            throw new UserError(
                    ExitCode.FAILED,
                    "no gateway answered the search at " + gateways.where() + " for " + SEARCH_MS / 1000
                            + " s; check that one listens to this group and that no firewall drops multicast,"
                            + " or name one: --sn udp://host:port");
        }
    }

    /** Connects to the gateway in use, or to the first other one that answers. Throws {@link UserError} when none does. */
    void connect() {
        if (events.cause() == SnClientListener.GATEWAY_LOST) {
            gateways.lost(nowMs()); // another one first, §6.13
        }
        for (int tried = 1; ; tried++) {
            find();
            if (isInterrupted() || connectOnce() || isInterrupted()) {
                return;
            }
            UserError failure = failure();
            events.reset();
            gateways.lost(nowMs());
            if (tried >= gateways.count()) {
                throw failure;
            }
            options.tell(String.valueOf(failure.getMessage()).replaceFirst(";.*", "") + "; trying another gateway");
        }
    }

    private boolean connectOnce() {
        boolean wasLost = events.cause() == SnClientListener.GATEWAY_LOST;
        boolean wasAsleep = client.state() == SnClient.ASLEEP || client.state() == SnClient.AWAKE;
        events.reset();
        isHeard = false;
        InetSocketAddress gateway = gateways.current();
        if (gateway != null && !gateway.equals(lastGateway)) {
            client.newGateway();
            lastGateway = gateway;
        }
        if (wasLost && gateway != null) {
            link.renew(link.peer(gateway));
        }
        int status;
        while ((status = wasAsleep ? client.connect(options.connectFlags(), nowMs()) : client.connect(nowMs()))
                == Status.BUSY) {
            if (!run(() -> false, client.nextDeadlineMs()) && isInterrupted()) {
                return false;
            }
        }
        if (status < 0) {
            throw new UserError(ExitCode.FAILED, "the client cannot connect (status " + status + ")");
        }
        run(() -> client.state() == SnClient.ACTIVE || isDown(), Long.MAX_VALUE);
        isHeard = isHeard && isDown();
        return client.state() == SnClient.ACTIVE;
    }

    /** {@return why there is no connection} */
    UserError failure() {
        InetSocketAddress gateway = gateways.current();
        String where = name(gateway);
        String obstacle = gateway == null ? null : link.obstacle(link.peer(gateway));
        if (obstacle != null) {
            return new UserError(
                    ExitCode.REFUSED,
                    "no DTLS session with the gateway at " + where + " (" + obstacle + "); check the address, "
                            + options.credentialAdvice());
        }
        return switch (events.cause()) {
            case SnClientListener.REFUSED ->
                new UserError(
                        ExitCode.REFUSED,
                        "the gateway at " + where + " refused the connection (" + events.refusal()
                                + "); is its broker running?");
            case SnClientListener.BY_GATEWAY ->
                new UserError(ExitCode.FAILED, "the gateway at " + where + " closed the connection");
            default ->
                isHeard
                        ? new UserError(
                                ExitCode.FAILED,
                                "the gateway at " + where + " answered, but did not take the connection in " + seconds()
                                        + " s; " + options.advice())
                        : new UserError(
                                ExitCode.FAILED,
                                "no answer from the gateway at " + where + " for " + seconds() + " s; "
                                        + options.silenceAdvice(where));
        };
    }

    private String seconds() {
        return patienceS == Math.rint(patienceS) ? String.valueOf((long) patienceS) : String.valueOf(patienceS);
    }

    private String name(@Nullable InetSocketAddress address) {
        if (address == null || address.isUnresolved()) {
            return gateways.where();
        }
        InetAddress ip = address.getAddress();
        String host = ip.getHostAddress();
        return options.scheme() + "://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Throws what ended the connection, or what the gateway has refused. */
    void complain() {
        events.complain();
        if (isDown() && events.cause() != SnClientListener.REQUESTED) {
            throw failure();
        }
    }

    /**
     * Runs until {@code done}, the time has come, or the user asks to end.
     *
     * @return whether it is done
     */
    boolean run(BooleanSupplier done, long deadlineMs) {
        while (true) {
            turn();
            if (done.getAsBoolean()) {
                return true;
            }
            if (clock.nowMs() >= deadlineMs || (isInterrupted() && !isClosing)) {
                return false;
            }
            idle.until(Math.min(deadlineMs, Math.min(client.nextDeadlineMs(), gateways.nextDeadlineMs())));
        }
    }

    private void turn() {
        long nowMs = clock.nowMs();
        gateways.turn(link, nowMs);
        InetSocketAddress gateway = gateways.current();
        for (int length; (length = link.receive(frame, 0, frame.length)) > 0; ) {
            boolean isFromGateway = gateway != null && gateway.equals(link.address(link.lastPeer()));
            if (!gateways.take(frame, length, link.lastPeer(), nowMs) && isFromGateway) {
                isHeard |= client.state() == SnClient.CONNECTING;
                client.onDatagram(frame, 0, length, nowMs);
            }
        }
        if (nowMs >= client.nextDeadlineMs()) {
            client.onTimeout(nowMs);
        }
        if (gateway != null) {
            transmit(gateway);
        }
    }

    private void transmit(InetSocketAddress gateway) {
        for (int length; (length = client.pollTransmit(frame, 0, frame.length)) > 0; ) {
            if (link.send(link.peer(gateway), frame, 0, length) < 0) {
                throw new UserError(
                        ExitCode.FAILED, "cannot send to " + name(gateway) + ": the network is unreachable");
            }
        }
    }

    /** {@return whether the connection ended because the gateway is gone, and there is another one} */
    boolean hasAnother() {
        return events.cause() != SnClientListener.GATEWAY_LOST || gateways.count() > 1;
    }

    /** From now on {@link #run} goes on although the user has asked to end. */
    void closing() {
        isClosing = true;
    }

    /** Says DISCONNECT and waits a moment for the answer. */
    @Override
    public void close() {
        closing();
        try {
            if (client.disconnect(nowMs()) >= 0) {
                run(this::isDown, nowMs() + GOODBYE_MS);
            }
            link.close();
        } catch (IOException e) {
            throw new UserError(ExitCode.FAILED, "cannot close the UDP socket: " + e.getMessage());
        } finally {
            idle.close();
            interrupt.close();
        }
    }
}
