package midge.mqtt.client;

import static midge.mqtt.client.Script.v311;
import static midge.mqtt.client.Script.v5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class KeepAliveTest {
    @Test
    void pingsAfterThreeQuartersOfTheKeepAlive() {
        Script script = new Script(v311().keepAliveS(60)).connected(4);
        assertEquals(script.nowMs + 45_000, script.client.nextDeadlineMs());
        script.after(44_999).sends("");
        script.after(1).sends("C0 00");
        script.after(1).sends("");
        script.answers("D0 00");
        assertEquals(script.nowMs - 1 + 45_000, script.client.nextDeadlineMs());
    }

    @Test
    void anythingSentPutsThePingOff() {
        Script script = new Script(v311().keepAliveS(60)).connected(4);
        script.nowMs += 40_000;
        script.publish(0, "t", "x");
        script.sends("30 04 00 01 74 78");
        script.after(5_000).sends("");
        assertEquals(script.nowMs + 40_000, script.client.nextDeadlineMs());
    }

    @Test
    void givesUpWhenTheAnswerDoesNotCome() {
        Script script = new Script(v311().keepAliveS(60).pingTimeoutMs(7_000)).connected(4);
        script.heard.take();
        script.after(45_000).sends("C0 00");
        assertEquals(script.nowMs + 7_000, script.client.nextDeadlineMs());
        script.after(6_999).hears("");
        script.after(1).hears("failed: no PINGRESP");
        assertTrue(script.client.wantsClose());
    }

    @Test
    void otherOctetsShowThatThePeerIsThere() {
        Script script = new Script(v311().keepAliveS(60).pingTimeoutMs(7_000)).connected(4);
        script.after(45_000).sends("C0 00");
        script.nowMs += 6_000;
        script.answers("30");
        script.heard.take();
        script.after(6_999).hears("");
        script.after(1).hears("failed: no PINGRESP");
    }

    @Test
    void obeysTheServersKeepAlive() {
        Script script = new Script(v5().keepAliveS(60)).connected("20 06 00 00 03 13 00 14");
        assertEquals(script.nowMs + 15_000, script.client.nextDeadlineMs());
        script.cut();
        assertEquals(Long.MAX_VALUE, script.client.nextDeadlineMs());
    }

    @Test
    void isOffWhenZero() {
        Script script = new Script(v311().keepAliveS(0)).connected(4);
        assertEquals(Long.MAX_VALUE, script.client.nextDeadlineMs());
        script.after(1L << 40).sends("");
        Script told = new Script(v5().keepAliveS(60)).connected("20 06 00 00 03 13 00 00");
        assertEquals(Long.MAX_VALUE, told.client.nextDeadlineMs());
    }

    @Test
    void keepsPingingForADay() {
        Script script = new Script(v311().keepAliveS(60)).connected(4);
        int pings = 0;
        long end = script.nowMs + 86_400_000L;
        while (script.nowMs < end) {
            script.nowMs = script.client.nextDeadlineMs();
            script.after(0).sends("C0 00").answers("D0 00");
            pings++;
        }
        assertEquals(1_920, pings);
    }

    @Test
    void survivesAForwardLeapOfTheClock() {
        Script script = new Script(v311().keepAliveS(60)).connected(4);
        script.after(10_000_000).sends("C0 00").answers("D0 00");
        assertTrue(script.client.isConnected());
    }
}
