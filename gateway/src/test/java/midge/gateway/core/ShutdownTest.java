package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import org.junit.jupiter.api.Test;

/** The end in order (§5.4.21): nobody is left with a connection that no longer exists, and no will is published. */
class ShutdownTest {
    private final Script script = new Script(options -> options.advertiseS(900).broadcastListener(0));

    @Test
    void tellsConnectedClientsAndTheirBrokers() {
        script.connect("A", "c1", "04", 0, "20 02 00 00").connect("B", "c2", "00", 1, "20 02 00 00");
        script.core.shutdown(script.nowMs);
        script.expect("A 02 18", "#0 E0 00", "close 0", "B 02 18", "#1 E0 00", "close 1");
        assertThat(script.state(0)).isEqualTo(SessionState.DISCONNECTED);
        assertThat(script.state(1)).isEqualTo(SessionState.DISCONNECTED);
    }

    @Test
    void doesNotCallASleeperWhoseRadioIsOff() {
        script.connectKept().from("A", "04 18 00 3C").skip();
        script.core.shutdown(script.nowMs);
        script.expect("#0 E0 00", "close 0");
    }

    @Test
    void endsASetUpWithoutAWordSoThatTheClientTriesAgain() {
        script.from("A", "08 04 04 01 00 3C 63 31").expect("open 0");
        script.core.shutdown(script.nowMs);
        script.expect("close 0");
    }

    @Test
    void saysNothingToClientsThatAreGone() {
        script.connect().from("A", "02 18").skip();
        script.core.shutdown(script.nowMs);
        script.silence();
    }

    @Test
    void closesTheConnectionForQosMinusOneAndCountsWhatWaitedThere() {
        script.from("X", "0A 0C 61 00 05 00 00 31 32 33").expect("open 8");
        script.core.shutdown(script.nowMs);
        script.expect("close 8");
        assertThat(script.count(GatewayCounters.DROP_SESSION_END)).isEqualTo(1);
        assertThat(script.core.usedOctets()).isZero();
    }

    @Test
    void leavesNoDeadline() {
        script.core.start(script.nowMs);
        script.pass(0).expect("* 05 00 01 03 84");
        script.connectKept().register();
        script.from("A", "08 0C 20 00 01 00 02 31").skip();
        script.core.shutdown(script.nowMs);
        assertThat(script.core.nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void opensNoConnectionToPurgeASession() {
        script.connect()
                .closed(0)
                .pass(1_000)
                .opened(0)
                .broker(0, "20 02 00 00")
                .skip();
        script.core.shutdown(script.nowMs);
        script.expect("A 02 18", "#0 E0 00", "close 0");
    }

    @Test
    void aSecondTimeDoesNothing() {
        script.connect();
        script.core.shutdown(script.nowMs);
        script.skip().core.shutdown(script.nowMs);
        script.silence();
    }
}
