package midge.hal.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import midge.hal.Hal;
import midge.profile.Allocation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EspAtUdpLinkTest {
    private static final List<String> SET_UP = List.of(
            "ATE0",
            "AT+CIPCLOSE",
            "AT+CWMODE=1",
            "AT+CIPMUX=0",
            "AT+CWJAP=\"ho\\,me\",\"se\\\"cr\\\\et\"",
            "AT+CIPSTART=\"UDP\",\"10.0.0.2\",1884");

    private final FakeEspModem modem = new FakeEspModem();
    private final EspAtUdpLink link =
            new EspAtUdpLink(modem, new EspAtConfig("ho,me", "se\"cr\\et", "10.0.0.2", 1884, 100));
    private final byte[] buffer = new byte[120];
    private long nowMs = 5_000;

    /** Lets time pass as a host does that calls when octets come and at every deadline, for {@code ms}. */
    private void run(int ms) {
        long endMs = nowMs + ms;
        while (true) {
            long before = modem.octetsMoved;
            long nextMs = link.turn(nowMs);
            if (modem.octetsMoved != before) {
                continue;
            }
            if (nextMs > endMs) {
                nowMs = endMs;
                return;
            }
            nowMs = Math.max(nextMs, nowMs + 1);
        }
    }

    private void up() {
        run(100);
        assertTrue(link.isUp());
        modem.commands.clear();
    }

    private int send(String text) {
        return link.send(DatagramLink.GATEWAY, text.getBytes(ISO_8859_1), 0, text.length());
    }

    private String received() {
        int length = link.receive(buffer, 0, 100);
        return length <= 0 ? String.valueOf(length) : new String(buffer, 0, length, ISO_8859_1);
    }

    private List<String> sent() {
        return modem.sentOverUdp.stream().map(b -> new String(b, ISO_8859_1)).toList();
    }

    @Test
    void setsTheModemUpAndOpensTheSocket() {
        assertEquals(0, send("early"));
        run(100);
        assertEquals(SET_UP, modem.commands);
        assertTrue(link.isUp());
        assertEquals(Long.MAX_VALUE, link.turn(nowMs));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1_000})
    void sendsAndReceivesWhateverTheChunks(int perRead) {
        modem.perRead = perRead;
        up();
        assertEquals(5, send("hello"));
        assertEquals(0, send("again"), "one at a time");
        run(10);
        assertEquals(5, send("again"));
        run(10);
        assertEquals(List.of("hello", "again"), sent());
        assertEquals(List.of("AT+CIPSEND=5", "AT+CIPSEND=5"), modem.commands);
        modem.say(FakeEspModem.ipd("one") + FakeEspModem.ipd("\r\nOK\r\n"));
        run(10);
        assertEquals("one", received());
        run(10);
        assertEquals("\r\nOK\r\n", received());
        assertEquals("0", received());
    }

    @Test
    void dataBeforeThePromptAndBeforeSendOkAreNotLost() {
        up();
        modem.beforePrompt = FakeEspModem.ipd("a>b");
        modem.beforeSendOk = FakeEspModem.ipd("c");
        send("hello");
        run(10);
        assertEquals("a>b", received());
        run(10);
        assertEquals("c", received());
        run(10);
        assertEquals(List.of("hello"), sent());
        assertEquals(3, send("two"));
        assertEquals(0, link.failedSends());
    }

    @Test
    void aBusyModemIsAskedAgain() {
        modem.insteadFor = "AT+CWMODE";
        modem.instead = "busy p...\r\n";
        run(499);
        assertFalse(link.isUp());
        run(600);
        assertTrue(link.isUp());
        assertEquals(0, link.restarts());
        modem.insteadFor = "AT+CIPSEND";
        modem.instead = "busy s...\r\n";
        send("lost");
        run(10);
        assertEquals(1, link.failedSends());
        assertEquals(4, send("next"));
        run(10);
        assertEquals(List.of("next"), sent());
    }

    @Test
    void aFailedStepBeginsAnewAfterAPauseThatDoubles() {
        modem.insteadFor = "AT+CWJAP";
        modem.instead = "+CWJAP:2\r\n\r\nERROR\r\n";
        run(900);
        assertFalse(link.isUp());
        assertEquals(5, modem.commands.size());
        run(200);
        assertTrue(link.isUp());
        assertEquals(1, link.restarts());
    }

    @Test
    void aSilentModemIsTriedForEverWithLongPauses() {
        modem.silent = true;
        run(300_000);
        assertTrue(modem.commands.size() > 10);
        assertTrue(modem.commands.size() < 16, modem.commands.size() + " tries");
        modem.silent = false;
        run(40_000);
        assertTrue(link.isUp());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nready\r\n", "WIFI DISCONNECT\r\n", "CLOSED\r\n"})
    void aModemThatLostItsStateIsSetUpAgain(String report) {
        up();
        modem.say(report);
        run(100);
        assertEquals(SET_UP, modem.commands);
        assertEquals(1, link.restarts());
        send("hello");
        run(10);
        assertEquals(List.of("hello"), sent());
    }

    @Test
    void aRestartInTheMiddleOfASendLosesOnlyThatDatagram() {
        up();
        modem.insteadFor = "AT+CIPSEND";
        modem.instead = "\r\nOK\r\n";
        send("lost");
        run(10);
        modem.say("\u0001\u00FE garbage of the boot loader\r\nready\r\n");
        run(100);
        assertEquals(1, link.failedSends());
        send("next");
        run(10);
        assertEquals(List.of("next"), sent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\r\nOK\r\n", "link is not valid\r\n\r\nERROR\r\n", "\r\nOK\r\n\r\nSEND FAIL\r\n"})
    void aSendThatDoesNotEndWellIsCountedAndTheLinkComesBack(String answer) {
        up();
        modem.insteadFor = "AT+CIPSEND";
        modem.instead = answer;
        send("lost");
        run(12_000);
        assertEquals(1, link.failedSends());
        assertTrue(link.isUp());
        assertEquals(4, send("next"));
        run(10);
        assertEquals(List.of("next"), sent());
    }

    @Test
    void aSocketThatIsAlreadyOpenIsClosedFirst() {
        modem.insteadFor = "AT+CIPSTART";
        modem.instead = "ALREADY CONNECTED\r\n\r\nERROR\r\n";
        run(2_000);
        assertTrue(link.isUp());
        assertEquals(2, modem.commands.stream().filter("AT+CIPCLOSE"::equals).count());
    }

    @Test
    void sizesAndPeersOutsideTheRangeAreInvalid() {
        up();
        assertEquals(Hal.INVALID, link.send(0, buffer, 0, 0));
        assertEquals(Hal.INVALID, link.send(0, buffer, 0, 101));
        assertEquals(Hal.INVALID, link.send(1, buffer, 0, 1));
        assertEquals(100, link.send(0, buffer, 0, 100));
        run(10);
        assertEquals(List.of("AT+CIPSEND=100"), modem.commands);
        assertEquals(100, modem.sentOverUdp.get(0).length);
    }

    @Test
    void whatNobodyCanHoldIsDroppedAndCounted() {
        up();
        modem.say("+IPD,101:" + "x".repeat(101) + FakeEspModem.ipd("123456"));
        run(10);
        assertEquals(0, link.receive(buffer, 0, 5));
        assertEquals(2, link.droppedFrames());
    }

    @Test
    void aPortThatIsGoneIsReported() {
        up();
        modem.gone = true;
        assertEquals(Hal.GONE, send("hello"));
        run(10);
        assertEquals(Hal.GONE, link.receive(buffer, 0, 100));
    }

    @Test
    void settingsThatCannotBeMeantAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new EspAtConfig("", "p", "h", 1, 100));
        assertThrows(IllegalArgumentException.class, () -> new EspAtConfig("s", "p\r\n", "h", 1, 100));
        assertThrows(IllegalArgumentException.class, () -> new EspAtConfig("s", "p", "h", 0, 100));
        assertThrows(IllegalArgumentException.class, () -> new EspAtConfig("s", "p", "h", 1, 1_473));
    }

    @Test
    @Tag("interpreted")
    void turningAllocatesNothing() {
        up();
        modem.silent = true;
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 1_000; i++) {
                nowMs = Math.min(link.turn(nowMs), nowMs + 10);
                link.receive(buffer, 0, 100);
            }
        }));
    }
}
