package midge.mqtt.client;

import static midge.mqtt.client.Script.bytes;
import static midge.mqtt.client.Script.v311;
import static midge.mqtt.client.Script.v5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import midge.mqtt.codec.MqttError;
import midge.profile.Hex;
import midge.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTest {
    private static final String PRESENT = "20 02 01 00";
    private static final String ABSENT = "20 02 00 00";

    private static MqttClientConfig.Builder persistent() {
        return v311().clean(false).window(4).requestsMax(1);
    }

    private static Script begun() {
        Script script = new Script(persistent()).connected(ABSENT);
        script.heard.take();
        return script;
    }

    @Test
    void whatWasNotAcknowledgedIsSentAgainInOrderWithDupAndTheSameIdentifier() {
        Script script = begun();
        script.publish(1, "t", "1");
        script.publish(2, "t", "2");
        script.publish(2, "t", "3");
        script.publish(1, "t", "4");
        script.sent();
        script.answers("50 02 00 02").sends("62 02 00 02");
        script.cut().connected(PRESENT).hears("connected present");
        script.sends("3A 06 00 01 74 00 01 31 62 02 00 02 3C 06 00 01 74 00 03 33 3A 06 00 01 74 00 04 34");
        script.answers("40 02 00 01 70 02 00 02 50 02 00 03 40 02 00 04");
        script.sends("62 02 00 03").hears("delivered 1 0x0, delivered 2 0x0, delivered 4 0x0");
        script.answers("70 02 00 03").hears("delivered 3 0x0");
    }

    @Test
    void whatWasNeverSentHasNoDup() {
        Script script = begun();
        script.cut();
        script.publish(1, "t", "1");
        script.publish(2, "t", "2");
        script.connected(PRESENT).sends("32 06 00 01 74 00 01 31 34 06 00 01 74 00 02 32");
    }

    @Test
    void newMessagesComeAfterOldOnes() {
        Script script = begun();
        script.publish(1, "t", "1");
        script.sent();
        script.cut();
        script.publish(1, "t", "2");
        script.connected(PRESENT).sends("3A 06 00 01 74 00 01 31 32 06 00 01 74 00 02 32");
    }

    @Test
    void aPartOfAPacketCountsAsSent() {
        Script script = begun();
        script.publish(1, "t", "1");
        assertEquals(1, script.client.pollTransmit(new byte[1], 0, 1));
        script.cut().connected(PRESENT).sends("3A 06 00 01 74 00 01 31");
    }

    @Test
    void aLostSessionIsReportedForWhatWasSentAndTheRestGoesOut() {
        Script script = begun();
        script.publish(1, "t", "1");
        script.publish(2, "t", "2");
        script.sent();
        script.answers("50 02 00 02");
        script.sent();
        script.cut();
        script.publish(1, "t", "3");
        script.connected(ABSENT).hears("delivered 1 session lost, delivered 2 session lost, connected");
        script.sends("32 06 00 01 74 00 03 33");
    }

    @Test
    void aLostSessionMayBeRepublished() {
        Script script = new Script(persistent().republish(true)).connected(ABSENT);
        script.publish(1, "t", "1");
        script.publish(2, "t", "2");
        script.publish(2, "t", "3");
        script.sent();
        script.answers("50 02 00 02");
        script.sent();
        script.cut().connected(PRESENT);
        script.sent();
        script.heard.take();
        script.cut().connected(ABSENT).hears("delivered 2 0x0, connected");
        script.sends("32 06 00 01 74 00 01 31 34 06 00 01 74 00 03 33");
    }

    @Test
    void aCleanSessionForgetsWhatWasSent() {
        Script script = new Script(v311()).connected(4);
        script.publish(1, "t", "1");
        script.sent();
        script.heard.take();
        script.cut().connected(4).hears("delivered 1 session lost, connected").sends("");
    }

    @Test
    void inboundQos2IdentifiersOutliveTheConnectionButNotTheSession() {
        Script script = begun();
        script.answers("34 06 00 01 74 00 07 78").hears("message t=x");
        script.cut().connected(PRESENT).hears("connected present");
        script.answers("3C 06 00 01 74 00 07 78").hears("").sends("50 02 00 07");
        script.cut().connected(ABSENT).hears("connected");
        script.answers("34 06 00 01 74 00 07 78").hears("message t=x").sends("50 02 00 07");
    }

    @Test
    void aSessionOfWhichItKnowsNothingIsRefusedUnlessAdopted() {
        new Script(persistent()).connected(PRESENT).hears("failed: session present but unknown");
        new Script(persistent().adoptSession(true)).connected(PRESENT).hears("connected present");
        new Script(v311().clean(true)).connected(PRESENT).hears("failed: session present but unknown");
    }

    @Test
    void mqtt31HasNoSessionPresentAndResumesWhatItHas() {
        Script script = new Script(v311().version(3).clean(false)).connected(ABSENT);
        script.publish(1, "t", "1");
        script.sent();
        script.cut().connected(ABSENT).sends("3A 06 00 01 74 00 01 31");
    }

    @ParameterizedTest
    @CsvSource({
        "0, '', false",
        "60, '', true",
        "60, 11 00 00 00 00, false", // the server shortens it
        "0, 11 00 00 00 05, true",
    })
    void theExpiryIntervalDecidesWhetherThereIsASessionInVersion5(int expiryS, String properties, boolean kept) {
        Script script = new Script(v5().clean(false).sessionExpiryS(expiryS));
        int length = Hex.bytes(properties).length;
        script.connected(String.format("20 %02X 00 00 %02X %s", 3 + length, length, properties));
        script.heard.take();
        script.cut().connected("20 03 01 00 00");
        script.hears(kept ? "connected present" : "failed: session present but unknown");
    }

    @Test
    void mayStartCleanOnceAndThenResume() {
        Script script =
                new Script(v5().clean(true).sessionExpiryS(60).packetSizeMax(64).receiveMax(1));
        script.client.onOpen(script.nowMs);
        assertTrue(script.sent().startsWith("10 1B 00 04 4D 51 54 54 05 02"));
        script.answers("20 03 00 00 00");
        assertEquals(Status.OK, script.client.clean(false));
        script.cut().client.onOpen(script.nowMs);
        assertTrue(script.sent().startsWith("10 1B 00 04 4D 51 54 54 05 00"));
        script.answers("20 03 01 00 00").hears("connected, connected present");
        assertEquals(Status.INVALID, new Script(v311().clientId(bytes(""))).client.clean(false));
    }

    @Test
    void theNewServersLimitsHoldForOldMessages() {
        Script script = new Script(v5().clean(false).sessionExpiryS(9).window(4).requestsMax(1)).connected(5);
        script.publish(2, "t", "1");
        script.publish(1, "t", "a long payload");
        script.publish(1, true, "t", "", "r");
        script.publish(1, "t", "2");
        script.heard.take();
        script.cut().connected("20 0C 01 00 09 24 01 25 00 27 00 00 00 10");
        script.hears("delivered 1 -8, delivered 2 -7, delivered 3 -8, connected present")
                .sends("32 07 00 01 74 00 04 00 32");
    }

    @Test
    void theNewQuotaHoldsForResentMessagesButNotForPubrel() {
        Script script = new Script(v5().clean(false).sessionExpiryS(9).window(4).requestsMax(1)).connected(5);
        script.publish(1, "t", "1");
        script.publish(1, "t", "2");
        script.publish(2, "t", "3");
        script.sent();
        script.answers("50 02 00 03");
        script.cut().connected("20 06 01 00 03 21 00 01");
        script.sends("3A 07 00 01 74 00 01 00 31 62 02 00 03");
        script.answers("40 02 00 01").sends("3A 07 00 01 74 00 02 00 32");
    }

    @Test
    void aPulledPayloadIsPulledAgain() {
        Script script = begun();
        script.heard.pulled = bytes("0123456789");
        script.publishPulled(1, "t", 10);
        byte[] out = new byte[12];
        assertEquals(12, script.client.pollTransmit(out, 0, 12));
        script.cut().connected(PRESENT).sends("3A 0F 00 01 74 00 01 30 31 32 33 34 35 36 37 38 39");
    }

    /** Keeps what it is told, the way a journal would. */
    private static final class Memory implements SessionStore {
        final List<String> facts = new ArrayList<>();
        int answer;

        private int note(String fact) {
            facts.add(fact);
            return answer;
        }

        @Override
        public int begin() {
            return note("begin");
        }

        @Override
        public int end() {
            return note("end");
        }

        @Override
        public int putMessage(int packetId, byte[] packet, int offset, int length) {
            return note("message " + packetId + " " + Hex.of(packet, offset, length));
        }

        @Override
        public int releaseMessage(int packetId) {
            return note("released " + packetId);
        }

        @Override
        public int removeMessage(int packetId) {
            return note("removed " + packetId);
        }

        @Override
        public int putReceived(int packetId) {
            return note("received " + packetId);
        }

        @Override
        public int removeReceived(int packetId) {
            return note("forgotten " + packetId);
        }
    }

    @Test
    void theStoreIsToldWhatMustOutliveAReboot() {
        Memory memory = new Memory();
        Script script = new Script(persistent(), memory).connected(ABSENT);
        script.publish(0, "t", "0");
        script.publish(1, "t", "1");
        script.publish(2, "t", "2");
        script.sent();
        script.answers("40 02 00 01 50 02 00 02");
        script.sent();
        script.answers("70 02 00 02 34 06 00 01 74 00 07 78 62 02 00 07");
        assertEquals(
                List.of(
                        "begin",
                        "message 1 32 06 00 01 74 00 01 31",
                        "message 2 34 06 00 01 74 00 02 32",
                        "removed 1",
                        "released 2",
                        "removed 2",
                        "received 7",
                        "forgotten 7"),
                memory.facts);
        script.cut().connected(PRESENT);
        assertEquals(8, memory.facts.size());
        Memory clean = new Memory();
        new Script(v311(), clean).connected(ABSENT);
        assertEquals(List.of("end"), clean.facts);
    }

    @Test
    void aRebootGoesOnWhereItWas() {
        // Another window: identifiers do not fall on the slots they had.
        Script script = new Script(persistent().window(5).requestsMax(2));
        byte[] first = Hex.bytes("32 06 00 01 74 00 01 31");
        byte[] third = Hex.bytes("35 06 00 01 74 00 03 33");
        script.client.restoreSession();
        assertEquals(Status.OK, script.client.restoreMessage(first, 0, first.length));
        assertEquals(Status.OK, script.client.restoreReleased(13));
        assertEquals(Status.OK, script.client.restoreMessage(third, 0, third.length));
        assertEquals(Status.INVALID, script.client.restoreMessage(third, 0, third.length));
        assertEquals(Status.OK, script.client.restoreReceived(7));
        assertEquals(Status.OK, script.client.restoreReceived(7));
        int fresh = script.publish(1, "t", "4");
        script.connected(PRESENT).hears("connected present");
        script.sends("3A 06 00 01 74 00 01 31 62 02 00 0D 3D 06 00 01 74 00 03 33 "
                + String.format("32 06 00 01 74 00 %02X 34", fresh));
        script.answers("3C 06 00 01 74 00 07 78").hears("").sends("50 02 00 07");
        script.answers("40 02 00 01 70 02 00 0D 50 02 00 03").hears("delivered 1 0x0, delivered 13 0x0");
        script.sends("62 02 00 03").answers("70 02 00 03").hears("delivered 3 0x0");
        assertEquals(1, script.client.unfinished());
    }

    @Test
    void restoredIdentifiersAreNotGivenToNewMessages() {
        for (int taken = 1; taken < 30; taken++) {
            Script script = new Script(persistent());
            script.client.restoreReleased(taken);
            script.client.restoreReleased(taken + 1);
            script.connected(ABSENT);
            script.cut();
            script.client.restoreReleased(taken);
            script.connected(ABSENT);
            for (int i = 0; i < 20; i++) {
                int id = script.publish(1, "t", "x");
                int request = script.subscribe(0, "", "a");
                script.sent();
                script.answers(String.format("40 02 %04X 90 03 %04X 00", id, request));
                assertTrue(id != request);
            }
        }
    }

    @Test
    void restoringIsBounded() {
        Script script = new Script(persistent().window(1).receiveMax(1).slotBytes(16));
        byte[] large = Hex.bytes("32 10 00 01 74 00 01 31 31 31 31 31 31 31 31 31 31 31");
        byte[] qos0 = Hex.bytes("30 04 00 01 74 31");
        assertEquals(Status.TOO_SMALL, script.client.restoreMessage(large, 0, large.length));
        assertEquals(-26, script.client.restoreMessage(qos0, 0, qos0.length));
        assertEquals(-2, script.client.restoreMessage(large, 0, 5));
        byte[] trailing = Hex.bytes("32 06 00 01 74 00 01 31 00");
        assertEquals(MqttError.TRAILING_OCTETS, script.client.restoreMessage(trailing, 0, trailing.length));
        assertEquals(Status.OK, script.client.restoreReleased(1));
        assertEquals(Status.BUSY, script.client.restoreReleased(2));
        assertEquals(Status.OK, script.client.restoreReceived(1));
        assertEquals(Status.BUSY, script.client.restoreReceived(3));
    }

    @Test
    void aStoreThatFailsRefusesTheMessageOrEndsTheConnection() {
        Memory memory = new Memory();
        Script script = new Script(persistent(), memory).connected(ABSENT);
        script.heard.take();
        memory.answer = -105;
        assertEquals(-105, script.publish(1, "t", "x"));
        assertEquals(0, script.client.unfinished());
        script.sends("")
                .answers("34 06 00 01 74 00 07 78")
                .hears("message t=x, failed: session store failed")
                .sends("");
    }
}
