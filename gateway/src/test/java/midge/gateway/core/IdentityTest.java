package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.config.ClientBinding;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.Peer;
import org.junit.jupiter.api.Test;

/** A link that proves an identity, such as DTLS, keeps a client from everyone else (A33). */
class IdentityTest {
    private static final String CONNECT_C1 = "08 04 00 01 00 3C 63 31";
    private static final String PINGREQ_C1 = "04 16 63 31";
    private static final String CONNACK = "20 02 00 00";

    private static Peer known(String name, String identity) {
        return Script.peer(name).identify(identity);
    }

    private static Script connected() {
        Script script =
                new Script().from(known("A", "c1"), CONNECT_C1).opened(0).broker(0, CONNACK);
        assertThat(script.take()).contains("A 03 05 00");
        return script;
    }

    @Test
    void anIdentityIsTheClientOfTheSameName() {
        Script script = connected();
        script.from(known("A", "c1"), "02 16").expect("A 02 17");
        assertThat(script.count(GatewayCounters.IDENTITY_REFUSED)).isZero();
    }

    @Test
    void anIdentityIsRefusedTheNameOfAnother() {
        Script script = new Script().from(known("B", "c2"), CONNECT_C1).expect("B 03 05 03");
        assertThat(script.count(GatewayCounters.IDENTITY_REFUSED)).isEqualTo(1);
        assertThat(script.core.sessions().count()).isZero();
    }

    @Test
    void aStrangerCannotMoveAConnectedClient() {
        Script script = connected();
        script.from(known("B", "c2"), CONNECT_C1).expect("B 03 05 03");
        script.from(Script.peer("U"), CONNECT_C1).expect("U 03 05 03");
        script.from(Script.peer("U"), PINGREQ_C1).expect("U 02 18");
        script.from(known("B", "c2"), PINGREQ_C1).expect("B 02 18");
        script.from(known("A", "c1"), "02 16").expect("A 02 17");
        assertThat(script.count(GatewayCounters.IDENTITY_REFUSED)).isEqualTo(4);
        assertThat(script.count(GatewayCounters.ADDRESS_CHANGES)).isZero();
    }

    @Test
    void theSameIdentityMovesItsClient() {
        Script script = connected();
        script.from(known("B", "c1"), PINGREQ_C1).expect("B 02 17");
        assertThat(script.count(GatewayCounters.ADDRESS_CHANGES)).isEqualTo(1);
    }

    @Test
    void aLinkWithoutIdentityDoesNotInheritAnAbsentClient() {
        Script script = connected().from(known("A", "c1"), "02 18").skip();
        script.from(Script.peer("U"), CONNECT_C1).expect("U 03 05 03");
        script.from(known("B", "c1"), CONNECT_C1).expect("open 0");
    }

    @Test
    void anIdentityTakesItsClientFromALinkWithoutOne() {
        Script script = new Script().connectKept();
        script.from(known("B", "c1"), PINGREQ_C1).expect("B 02 17");
        script.from(Script.peer("A"), CONNECT_C1).expect("A 03 05 03");
    }

    @Test
    void rulesLetOneIdentityBeSeveralClients() {
        ClientBinding binding = ClientBinding.EQUAL.with("box-?", "%i/*").with("root", "*");
        assertThat(admits(binding, "box-1", "box-1/door")).isTrue();
        assertThat(admits(binding, "box-1", "box-1")).isTrue();
        assertThat(admits(binding, "box-1", "box-2/door")).isFalse();
        assertThat(admits(binding, "root", "anything")).isTrue();
        assertThat(admits(binding, "rooter", "anything")).isFalse();
        assertThat(admits(binding, "box-*", "box-1/door")).isFalse();
        assertThat(admits(ClientBinding.EQUAL, "*", "anything")).isFalse();
    }

    private static boolean admits(ClientBinding binding, String identity, String client) {
        byte[] id = client.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return binding.admits(identity, id, 0, id.length);
    }
}
