package midge.mqttsn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import midge.mqttsn.codec.SnText;
import midge.profile.Hex;
import midge.wire.Prng;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

/** Advertisement, search and fail-over, §6.1 and §6.11. */
class SnDiscoveryTest implements SnDiscoveryListener {
    private static final String ADVERTISE_1 = "05 00 01 03 84"; // GwId 1, 900 s
    private static final String ADVERTISE_2 = "05 00 02 03 84";
    private static final String GWINFO_1 = "03 02 01";
    private static final String GWINFO_1_FROM_A_CLIENT = "07 02 01 C0 A8 01 0A";
    private static final String SEARCHGW = "03 01 01";

    private final List<String> events = new ArrayList<>();
    private final byte[] tx = new byte[21];
    private long nowMs = 50_000;
    private SnDiscovery discovery = new SnDiscovery(new SnDiscoveryConfig(), this, 1);

    @Override
    public void onGateway(int gwId, long now) {
        events.add("gateway " + gwId);
    }

    @Override
    public void onGatewayGone(int gwId, long now) {
        events.add("gone " + gwId);
    }

    private void give(String hex, int peer) {
        byte[] f = Hex.bytes(hex);
        assertEquals(Status.OK, discovery.onDatagram(f, 0, f.length, peer, nowMs));
    }

    private String poll() {
        int n = discovery.pollTransmit(tx, 0, tx.length);
        return n == 0 ? "nothing" : SnText.of(tx, 0, n);
    }

    private long toDeadline() {
        long ms = discovery.nextDeadlineMs() - nowMs;
        nowMs += ms;
        discovery.onTimeout(nowMs);
        return ms;
    }

    @Test
    void learnsAGatewayFromItsAdvertisement() {
        assertEquals(SnDiscovery.NO_GATEWAY, discovery.best());
        give(ADVERTISE_1, 7);
        assertEquals(List.of("gateway 1"), events);
        assertEquals(1, discovery.best());
        assertEquals(7, discovery.peer(1));
        give(ADVERTISE_1, 8);
        assertEquals(List.of("gateway 1"), events);
        assertEquals(8, discovery.peer(1));
    }

    @Test
    void dropsAGatewayThatHasMissedThreeAdvertisements() {
        give(ADVERTISE_1, 7);
        assertEquals(2_970_000, toDeadline());
        assertEquals(List.of("gateway 1", "gone 1"), events);
        assertEquals(SnDiscovery.NO_GATEWAY, discovery.best());
        assertEquals(Long.MAX_VALUE, discovery.nextDeadlineMs());
    }

    @Test
    void keepsAGatewayKnownByGwinfoForTwoPeriods() {
        give(GWINFO_1, 7);
        assertEquals(7, discovery.peer(1));
        assertEquals(1_800_000, discovery.nextDeadlineMs() - nowMs);
        give(ADVERTISE_1, 7);
        give(GWINFO_1, 7);
        assertEquals(2_970_000, discovery.nextDeadlineMs() - nowMs);
    }

    @Test
    void searchesAfterARandomDelayAndWithGrowingGaps() {
        discovery.search(nowMs);
        assertThat(toDeadline()).isBetween(0L, 5_000L);
        assertEquals("SEARCHGW radius=1", poll());
        assertEquals("nothing", poll());
        for (long gap :
                new long[] {5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 640_000, 900_000, 900_000}) {
            assertEquals(gap, toDeadline());
            assertEquals("SEARCHGW radius=1", poll());
        }
        give(GWINFO_1, 7);
        nowMs += 1_000_000;
        discovery.onTimeout(nowMs);
        assertEquals("nothing", poll());
    }

    @Test
    void delaysDifferFromSeedToSeed() {
        List<Long> delays = new ArrayList<>();
        for (int seed = 1; seed <= 50; seed++) {
            SnDiscovery d = new SnDiscovery(new SnDiscoveryConfig(), this, seed * 0x9E3779B97F4A7C15L);
            d.search(0);
            delays.add(d.nextDeadlineMs());
        }
        assertThat(delays).allMatch(ms -> ms >= 0 && ms <= 5_000);
        assertThat(delays.stream().distinct().count()).isGreaterThan(40);
    }

    @Test
    void takesAnotherClientsEqualSearchForItsOwn() {
        discovery = new SnDiscovery(new SnDiscoveryConfig().searchDelayMs(60_000), this, 5);
        discovery.search(nowMs);
        give("03 01 02", 3);
        long mine = discovery.nextDeadlineMs();
        give(SEARCHGW, 3);
        assertEquals("nothing", poll());
        assertEquals(nowMs + 60_000, discovery.nextDeadlineMs());
        assertThat(mine).isLessThan(nowMs + 60_000);
        toDeadline();
        assertEquals("SEARCHGW radius=1", poll());
    }

    @Test
    void learnsAnAddressFromAnotherClient() {
        give(GWINFO_1_FROM_A_CLIENT, 3);
        assertEquals(List.of("gateway 1"), events);
        assertEquals(SnDiscovery.UNKNOWN_PEER, discovery.peer(1));
        byte[] address = new byte[18];
        assertEquals(4, discovery.address(1, address, 0, 18));
        assertEquals("C0 A8 01 0A", Hex.of(address, 0, 4));
        assertEquals(Status.TOO_SMALL, discovery.address(1, address, 0, 3));
        assertEquals(0, discovery.address(9, address, 0, 18));
        give(ADVERTISE_1, 7);
        assertEquals(7, discovery.peer(1));
    }

    @Test
    void answersForAGatewayUnlessSomebodyElseDoes() {
        discovery = new SnDiscovery(new SnDiscoveryConfig().answers(), this, 1);
        give(SEARCHGW, 3);
        assertEquals(Long.MAX_VALUE, discovery.nextDeadlineMs());
        give(GWINFO_1_FROM_A_CLIENT, 3);
        give(SEARCHGW, 4);
        assertThat(toDeadline()).isBetween(0L, 5_000L);
        assertEquals("GWINFO gwId=1 address=C0 A8 01 0A", poll());
        assertEquals("nothing", poll());
        give(SEARCHGW, 4);
        give(GWINFO_1, 7);
        nowMs += 5_000;
        discovery.onTimeout(nowMs);
        assertEquals("nothing", poll());
    }

    @Test
    void doesNotAnswerUnlessTold() {
        give(GWINFO_1_FROM_A_CLIENT, 3);
        give(SEARCHGW, 4);
        nowMs += 5_000;
        discovery.onTimeout(nowMs);
        assertEquals("nothing", poll());
    }

    @Test
    void answersWithTheAddressThatItsHostHasTold() {
        discovery = new SnDiscovery(new SnDiscoveryConfig().answers(), this, 1);
        assertEquals(Status.INVALID, discovery.knowAddress(1, new byte[] {10, 0, 0, 1}, 0, 4));
        give(ADVERTISE_1, 7);
        assertEquals(Status.TOO_LARGE, discovery.knowAddress(1, new byte[19], 0, 19));
        assertEquals(Status.OK, discovery.knowAddress(1, new byte[] {10, 0, 0, 1}, 0, 4));
        give(SEARCHGW, 4);
        toDeadline();
        assertEquals("GWINFO gwId=1 address=0A 00 00 01", poll());
    }

    @Test
    void failsOverToAnotherGatewayAndBackOnlyWhenTheOldOneIsHeard() {
        give(ADVERTISE_1, 7);
        give(ADVERTISE_2, 8);
        assertEquals(1, discovery.best());
        discovery.lost(1, nowMs);
        assertEquals(2, discovery.best());
        assertEquals("nothing", poll());
        discovery.lost(2, nowMs);
        assertEquals(SnDiscovery.NO_GATEWAY, discovery.best());
        give(ADVERTISE_1, 7);
        assertEquals(List.of("gateway 1", "gateway 2", "gateway 1"), events);
        assertEquals(1, discovery.best());
    }

    @Test
    void returnsToALostGatewayAsTheLastResort() {
        give(ADVERTISE_1, 7);
        discovery.lost(1, nowMs);
        for (int i = 0; i < 3; i++) {
            assertEquals(SnDiscovery.NO_GATEWAY, discovery.best());
            toDeadline();
            assertEquals("SEARCHGW radius=1", poll());
        }
        assertEquals(1, discovery.best());
        assertEquals(7, discovery.peer(1));
    }

    @Test
    void believesALostGatewayItselfOnly() {
        give(ADVERTISE_1, 7);
        discovery.lost(1, nowMs);
        give(GWINFO_1_FROM_A_CLIENT, 3);
        assertEquals(SnDiscovery.NO_GATEWAY, discovery.best());
        give(GWINFO_1, 7);
        assertEquals(1, discovery.best());
    }

    @Test
    void givesTheRoomOfALostGatewayToANewOneAndDropsBeyondThat() {
        discovery = new SnDiscovery(new SnDiscoveryConfig().gateways(2), this, 1);
        give(ADVERTISE_1, 7);
        give(ADVERTISE_2, 8);
        give("05 00 03 03 84", 9);
        assertEquals(1, discovery.dropped());
        discovery.lost(1, nowMs);
        give("05 00 03 03 84", 9);
        assertEquals(9, discovery.peer(3));
        assertEquals(SnDiscovery.UNKNOWN_PEER, discovery.peer(1));
    }

    @Test
    void leavesOtherMessagesToTheClient() {
        byte[] connack = Hex.bytes("03 05 00");
        assertEquals(Status.UNSUPPORTED, discovery.onDatagram(connack, 0, 3, 7, nowMs));
        assertEquals(Status.MALFORMED, discovery.onDatagram(Hex.bytes("04 00 01 03"), 0, 4, 7, nowMs));
        assertEquals(Status.TRUNCATED, discovery.onDatagram(connack, 0, 2, 7, nowMs));
    }

    @Test
    void survivesNoise() {
        Prng dice = new Prng(99);
        for (int round = 0; round < 50_000; round++) {
            byte[] f = new byte[2 + dice.below(22)];
            for (int i = 0; i < f.length; i++) {
                f[i] = (byte) dice.nextInt();
            }
            f[0] = (byte) f.length;
            f[1] = (byte) dice.below(3);
            discovery.onDatagram(f, 0, f.length, dice.below(9), nowMs);
            nowMs += dice.below(1_000);
            discovery.onTimeout(nowMs);
            poll();
        }
        assertThat(discovery.dropped()).isPositive();
    }
}
