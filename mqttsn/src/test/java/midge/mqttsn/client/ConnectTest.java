package midge.mqttsn.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import midge.mqttsn.codec.SnFlags;
import midge.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connection setup, will, keep alive and the end of a connection: §6.2, §6.3, §6.4, §6.11, §6.12, §6.13. */
class ConnectTest {
    private static Script withWill() {
        return new Script(Script.defaults()
                .will("dev/lwt/1", Script.utf8("gone"), SnFlags.QOS_1 | SnFlags.RETAIN)
                .willRoom(20, 20)
                .build());
    }

    private static Script connectedWithWill() {
        Script s = withWill();
        s.client.connect(s.nowMs);
        s.poll();
        s.answer("02 06").poll();
        s.answer("02 08").poll();
        return s.answer("03 05 00").event("connected");
    }

    @Test
    void connectsWithoutAWill() {
        Script s = Script.ofDefaults();
        s.expectNothing();
        assertEquals(Status.OK, s.client.connect(s.nowMs));
        assertEquals(SnClient.CONNECTING, s.client.state());
        s.expectOctets("0C 04 04 01 00 3C 64 65 76 2D 30 31").expectNothing().noEvent();
        s.answer("03 05 00").event("connected");
        assertEquals(SnClient.ACTIVE, s.client.state());
        s.expectNothing().noEvent();
    }

    @Test
    void isAskedForTopicAndMessageOfItsWill() {
        Script s = withWill();
        s.client.connect(s.nowMs);
        s.expect("CONNECT will=true clean=true protocol=1 keepAliveS=60 id=dev-01");
        s.answer("02 06").expectOctets("0C 07 30 64 65 76 2F 6C 77 74 2F 31");
        s.answer("02 08").expectOctets("06 09 67 6F 6E 65");
        s.answer("03 05 00").event("connected").expectNothing();
    }

    @Test
    void repeatsEachStageAfterTRetryWithTheSameOctets() {
        Script s = withWill();
        s.client.connect(s.nowMs);
        s.poll();
        s.deadlineAfter(10_000).expect("CONNECT will=true clean=true protocol=1 keepAliveS=60 id=dev-01");
        s.after(3_000).answer("02 06").expect("WILLTOPIC flags=30 topic=dev/lwt/1");
        s.deadlineAfter(10_000).expect("WILLTOPIC flags=30 topic=dev/lwt/1");
        s.answer("02 08").expect("WILLMSG gone");
        s.deadlineAfter(10_000).expect("WILLMSG gone").expectNothing();
        s.answer("03 05 00").event("connected");
        assertEquals(3, s.client.counters().retransmissions());
    }

    @Test
    void answersTheGatewaysRepeatedQuestionsOnce() {
        Script s = withWill();
        s.client.connect(s.nowMs);
        s.poll();
        s.answer("02 06").expect("WILLTOPIC flags=30 topic=dev/lwt/1");
        s.answer("02 06").expect("WILLTOPIC flags=30 topic=dev/lwt/1").expectNothing();
        s.answer("02 08").expect("WILLMSG gone");
        s.answer("02 08").expect("WILLMSG gone").expectNothing();
        s.stray("02 06").expectNothing();
        s.answer("03 05 00").event("connected");
        s.stray("02 08").stray("03 05 00").expectNothing().noEvent();
    }

    @Test
    void deletesAStoredWillWithAnEmptyWillTopicWhateverTheGatewayAsksNext() {
        Script s = new Script(Script.defaults().will("", new byte[0], 0).build());
        s.client.connect(s.nowMs);
        s.poll();
        s.answer("02 06").expectOctets("02 07");
        s.answer("02 08").expectOctets("02 09");
        s.answer("03 05 00").event("connected");

        s = new Script(Script.defaults().will("", new byte[0], 0).build());
        s.client.connect(s.nowMs);
        s.poll();
        s.answer("02 06").expectOctets("02 07");
        s.answer("03 05 00").event("connected");
    }

    @Test
    void ignoresQuestionsForAWillItHasNotAnnounced() {
        Script s = Script.ofDefaults();
        s.client.connect(s.nowMs);
        s.poll();
        s.stray("02 06").expectNothing();
    }

    @Test
    void reportsARefusal() {
        Script s = Script.ofDefaults();
        s.client.connect(s.nowMs);
        s.poll();
        s.answer("03 05 03").event("disconnected refused 3");
        assertEquals(SnClient.DISCONNECTED, s.client.state());
        assertEquals(Long.MAX_VALUE, s.deadlineIn());
        assertEquals(Status.OK, s.client.connect(s.nowMs));
        s.poll();
        s.answer("03 05 EE").event("disconnected refused 238");
    }

    @Test
    void waitsAfterCongestionUnlessAnotherGatewayIsTried() {
        Script s = Script.ofDefaults();
        s.client.connect(s.nowMs);
        s.poll();
        s.answer("03 05 01").event("disconnected refused 1");
        assertEquals(Status.BUSY, s.client.connect(s.nowMs));
        s.deadlineAfter(301_000).expectNothing();
        assertEquals(Status.OK, s.client.connect(s.nowMs));
        s.poll();
        s.answer("03 05 01").event("disconnected refused 1");
        s.client.newGateway();
        assertEquals(Status.OK, s.client.connect(s.nowMs));
    }

    @Test
    void givesTheGatewayUpAfterNRetry() {
        Script s = Script.ofDefaults();
        s.client.connect(s.nowMs);
        s.poll();
        for (int i = 0; i < 3; i++) {
            s.deadlineAfter(10_000).expect("CONNECT will=false clean=true protocol=1 keepAliveS=60 id=dev-01");
        }
        s.noEvent().deadlineAfter(10_000).event("disconnected gateway lost").expectNothing();
        assertEquals(SnClient.LOST, s.client.state());
        assertEquals(Long.MAX_VALUE, s.deadlineIn());
        s.stray("03 05 00");
    }

    @Test
    void doesNotCountAResendThatTheLinkHasNotTaken() {
        Script s = Script.ofDefaults();
        s.client.connect(s.nowMs);
        for (int i = 0; i < 10; i++) {
            s.deadlineAfter(10_000).noEvent();
        }
        assertEquals(0, s.client.counters().retransmissions());
        s.expect("CONNECT will=false clean=true protocol=1 keepAliveS=60 id=dev-01")
                .expectNothing();
    }

    @Test
    void pingsInTimeForAResendAndOnlyAfterSilence() {
        Script s = Script.connected();
        s.deadlineAfter(50_000).expectOctets("02 16");
        s.answer("02 17").expectNothing().noEvent();
        s.after(20_000);
        s.publish("t1", SnFlags.QOS_1, "x");
        s.poll();
        s.answer("07 0D 74 31 00 01 00").event("delivered 1 code=0");
        s.deadlineAfter(50_000).expect("PINGREQ id=");
    }

    @Test
    void aShortKeepAliveIsPingedAfterThreeQuarters() {
        Script s = Script.connected(Script.defaults().keepAliveS(8).build());
        s.deadlineAfter(6_000).expect("PINGREQ id=");
    }

    @Test
    void unansweredQos0DoesNotReplaceThePing() {
        Script s = Script.connected();
        for (int i = 1; i <= 4; i++) {
            s.after(10_000);
            assertEquals(i, s.publish("t1", SnFlags.QOS_0, "x"));
            s.poll();
            s.event("delivered " + i + " code=0");
        }
        s.deadlineAfter(10_000).expect("PINGREQ id=");
    }

    @Test
    void withoutKeepAliveThereIsNothingToWaitFor() {
        Script s = Script.connected(Script.defaults().noKeepAlive().build());
        assertEquals(Long.MAX_VALUE, s.deadlineIn());
    }

    @Test
    void anUnansweredPingMeansTheGatewayIsLost() {
        Script s = Script.connected();
        s.deadlineAfter(50_000).expect("PINGREQ id=");
        for (int i = 0; i < 3; i++) {
            s.deadlineAfter(10_000).expect("PINGREQ id=");
        }
        s.deadlineAfter(10_000).event("disconnected gateway lost");
    }

    @Test
    void answersTheGatewaysPingWhenConnectedOnly() {
        Script s = Script.connected();
        s.answer("02 16").expectOctets("02 17");
        s.client.disconnect(s.nowMs);
        s.poll();
        s.answer("02 18").event("disconnected requested");
        s.stray("02 16").expectNothing();
    }

    @Test
    void disconnectsAfterWhatIsQueued() {
        Script s = Script.connected();
        s.publish("t1", SnFlags.QOS_1, "a");
        s.publish("t1", SnFlags.QOS_0, "b");
        assertEquals(Status.OK, s.client.disconnect(s.nowMs));
        s.expect("PUBLISH qos=1 dup=false retain=false type=2 topicId=29745 msgId=1 data=a")
                .expectNothing();
        s.answer("07 0D 74 31 00 01 00").event("delivered 1 code=0");
        s.expect("PUBLISH qos=0 dup=false retain=false type=2 topicId=29745 msgId=0 data=b");
        s.event("delivered 2 code=0").expectOctets("02 18");
        s.answer("02 18").event("disconnected requested");
        assertEquals(Status.NOT_CONNECTED, s.client.disconnect(s.nowMs));
    }

    @Test
    void aDisconnectWithoutAnswerEndsAsWell() {
        Script s = Script.connected();
        s.client.disconnect(s.nowMs);
        for (int i = 0; i < 4; i++) {
            s.expect("DISCONNECT durationS=0").deadlineAfter(10_000);
        }
        s.event("disconnected requested");
        assertEquals(SnClient.DISCONNECTED, s.client.state());
    }

    @Test
    void connectsAgainAfterTheGatewaysDisconnect() {
        Script s = Script.connected();
        s.answer("02 18").event("disconnected by gateway").expectNothing();
        assertEquals(Status.OK, s.client.connect(0, s.nowMs));
        s.expect("CONNECT will=false clean=false protocol=1 keepAliveS=60 id=dev-01");
        s.stray("02 18").expectNothing();
        s.answer("03 05 00").event("connected");
    }

    @Test
    void changesItsWillAtTheGatewayAndForLaterConnects() {
        Script s = connectedWithWill();
        byte[] topic = Script.utf8("dev/lwt/2");
        int first = s.client.updateWillTopic(SnFlags.QOS_2 | SnFlags.RETAIN, topic, 0, topic.length, s.nowMs);
        int second = s.client.updateWillMessage(Script.utf8("bye"), 0, 3, s.nowMs);
        s.expectOctets("0C 1A 50 64 65 76 2F 6C 77 74 2F 32").expectNothing();
        s.stray("03 1D 00");
        s.deadlineAfter(10_000).expect("WILLTOPICUPD flags=50 topic=dev/lwt/2");
        s.answer("03 1B 00").event("will updated " + first + " code=0");
        s.expectOctets("05 1C 62 79 65");
        s.answer("03 1D 00").event("will updated " + second + " code=0");
        s.answer("02 18").event("disconnected by gateway");
        s.client.connect(s.nowMs);
        s.poll();
        s.answer("02 06").expect("WILLTOPIC flags=50 topic=dev/lwt/2");
        s.answer("02 08").expect("WILLMSG bye");
    }

    @Test
    void keepsItsOldWillWhenTheUpdateIsRefused() {
        Script s = connectedWithWill();
        int token = s.client.updateWillMessage(Script.utf8("bye"), 0, 3, s.nowMs);
        s.expect("WILLMSGUPD bye").answer("03 1D 03").event("will updated " + token + " code=3");
        s.answer("02 18").event("disconnected by gateway");
        s.client.connect(s.nowMs);
        s.poll();
        s.answer("02 06").expect("WILLTOPIC flags=30 topic=dev/lwt/1");
        s.answer("02 08").expect("WILLMSG gone");
    }

    @Test
    void deletesItsWillWithAnEmptyUpdate() {
        Script s = connectedWithWill();
        int token = s.client.updateWillTopic(0, new byte[0], 0, 0, s.nowMs);
        s.expectOctets("02 1A").answer("03 1B 00").event("will updated " + token + " code=0");
        assertEquals(Status.TOO_LARGE, s.client.updateWillMessage(new byte[21], 0, 21, s.nowMs));
        assertEquals(Status.INVALID, s.client.updateWillTopic(0, Script.utf8("a/#"), 0, 3, s.nowMs));
    }

    @Test
    void refusesCallsThatTheStateDoesNotAllow() {
        Script s = Script.ofDefaults();
        assertEquals(Status.NOT_CONNECTED, s.client.disconnect(s.nowMs));
        assertEquals(Status.NOT_CONNECTED, s.client.sleep(60, s.nowMs));
        assertEquals(Status.WRONG_STATE, s.client.wake(s.nowMs));
        s.client.connect(s.nowMs);
        assertEquals(Status.WRONG_STATE, s.client.connect(s.nowMs));
        s.answer("03 05 00").event("connected");
        assertEquals(Status.WRONG_STATE, s.client.connect(s.nowMs));
        assertEquals(Status.INVALID, s.client.sleep(0, s.nowMs));
        assertEquals(Status.INVALID, s.client.sleep(65_536, s.nowMs));
    }

    @Test
    void givesUpConnectingWhenAskedTo() {
        Script s = Script.ofDefaults();
        s.client.connect(s.nowMs);
        s.poll();
        assertEquals(Status.OK, s.client.disconnect(s.nowMs));
        s.expect("DISCONNECT durationS=0").stray("03 05 00").answer("02 18").event("disconnected requested");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123456789012345678901234"})
    void refusesAClientIdOutside1To23(String id) {
        SnClientConfig.Builder b = SnClientConfig.builder(id);
        assertThrows(IllegalArgumentException.class, b::build);
    }

    @Test
    void namesTheOptionThatIsOutOfRange() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> Script.defaults().keepAliveS(0));
        assertEquals("keepAliveS is 0, must be 1..65535", e.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Script.defaults()
                        .frameOctetsMax(32)
                        .will("a/very/long/will/topic/name", new byte[0], 0)
                        .build());
        assertThrows(IllegalArgumentException.class, () -> Script.defaults().predefined(1, "a/#"));
        assertThrows(IllegalArgumentException.class, () -> Script.defaults().will("a", new byte[0], 0x60));
        SnClientConfig.builder("123456789012345678901234").longClientId().build();
    }
}
