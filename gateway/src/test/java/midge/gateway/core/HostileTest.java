package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import midge.gateway.config.GatewayConfig;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.GatewayPorts;
import midge.gateway.port.Peer;
import midge.profile.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Octets that nobody should send: no exception, bounded memory, and the gateway serves on. */
class HostileTest {
    private static final int ROUNDS = Integer.getInteger("midge.fuzz.rounds", 200_000);

    /** Every message that a client can send, and some that it cannot. */
    static final String[] CLIENT_FRAMES = {
        "08 04 04 01 00 3C 63 31",
        "08 04 0C 01 00 3C 63 31",
        "08 04 00 01 00 3C 63 31",
        "08 04 04 01 00 3C 63 32",
        "04 07 00 77",
        "02 07",
        "03 09 78",
        "0B 0A 00 00 00 01 61 2F 62 2F 63",
        "07 0B 00 01 00 01 00",
        "0B 0C 20 00 01 00 02 32 31 2E 35",
        "0B 0C 40 00 01 00 10 64 61 74 61",
        "08 0C 00 00 01 00 00 31",
        "09 0C 61 00 05 00 00 6F 6B",
        "08 0C 22 74 31 00 09 78",
        "07 0D 00 01 00 02 00",
        "07 0D 00 01 00 02 02",
        "04 0F 00 02",
        "04 10 00 10",
        "04 0E 00 02",
        "0B 12 20 00 03 73 65 6E 73 2F 23",
        "07 12 41 00 04 00 05",
        "0B 14 00 00 06 73 65 6E 73 2F 23",
        "02 16",
        "04 16 63 31",
        "04 16 63 32",
        "02 17",
        "02 18",
        "04 18 0E 10",
        "04 1A 50 76",
        "02 1A",
        "03 1C 79",
        "03 01 01",
        "05 FE 00 00 2A 02 16",
        "05 FE 00 00 2A 08 04 04 01 00 3C 63 33",
        "03 05 00",
        "02 06",
        "08 13 20 00 00 00 03 00",
        "05 00 01 03 84",
        "01 00 0B 0C 00 00 07 00 00 68 69"
    };

    static final String[] BROKER_PACKETS = {
        "20 02 00 00",
        "20 02 01 00",
        "20 02 00 05",
        "20 02 00 03",
        "30 06 00 03 61 2F 62 31",
        "32 08 00 03 61 2F 62 00 21 31",
        "34 08 00 03 61 2F 62 00 22 31",
        "3C 08 00 03 61 2F 62 00 22 31",
        "62 02 00 22",
        "40 02 00 02",
        "50 02 00 10",
        "70 02 00 10",
        "90 03 00 03 01",
        "90 03 00 04 80",
        "B0 02 00 06",
        "D0 00",
        "31 05 00 02 74 31 78"
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01 00",
                "00 16",
                "01",
                "01 00 03 16",
                "03 0C 00",
                "05 16 61",
                "02 16 AA",
                "02 03",
                "02 11",
                "02 19",
                "02 FF",
                "06 12 01 00 04 05",
                "03 18 0E",
                "07 0C 63 00 05 00 00",
                "05 FE 00 00 2A",
                "05 FE 00 00 2A 05 FE 00 00 2A 02 17"
            })
    void dropsAndCountsUnsoundFrames(String frame) {
        Script script = new Script(options -> options.anyForwarder(true))
                .connect()
                .from("A", frame)
                .silence();
        assertThat(script.count(GatewayCounters.DROP_MALFORMED)).isEqualTo(1);
        script.from("A", "02 16").expect("A 02 17");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05 00 01 03 84",
                "03 02 01",
                "03 05 00",
                "02 06",
                "02 08",
                "08 13 20 00 00 00 03 00",
                "04 15 00 06",
                "03 1B 00",
                "03 1D 03"
            })
    void dropsMessagesThatOnlyAGatewaySends(String frame) {
        Script script = new Script().connect().from("A", frame).silence();
        assertThat(script.count(GatewayCounters.DROP_DIRECTION)).isEqualTo(1);
    }

    @Test
    void survivesArbitraryAndMutatedOctetsFromBothSidesInAllStates() {
        for (int seed = 1; seed <= 4; seed++) {
            survives(seed, ROUNDS / 4);
        }
    }

    private static void survives(int seed, int rounds) {
        Random random = new Random(seed);
        Chaos chaos = new Chaos(random);
        byte[] frame = new byte[2_000];
        for (int i = 0; i < rounds; i++) {
            int length = draw(random, frame, random.nextBoolean() ? CLIENT_FRAMES : BROKER_PACKETS);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> chaos.datagram(frame, draw(random, frame, CLIENT_FRAMES));
                case 3, 4 -> chaos.broker(frame, draw(random, frame, BROKER_PACKETS));
                case 5 -> chaos.datagram(frame, length);
                case 6 -> chaos.linkEvent();
                default -> chaos.pass(random.nextInt(20) == 0 ? 200_000 : random.nextInt(3_000));
            }
        }
        chaos.stillServes();
    }

    private static int draw(Random random, byte[] into, String[] samples) {
        byte[] sample = Hex.bytes(samples[random.nextInt(samples.length)]);
        System.arraycopy(sample, 0, into, 0, sample.length);
        int length = sample.length;
        int kind = random.nextInt(10);
        if (kind == 0) {
            length = random.nextInt(random.nextInt(20) == 0 ? 2_000 : 40);
            for (int i = 0; i < length; i++) {
                into[i] = (byte) random.nextInt();
            }
        } else if (kind == 1 && length > 0) {
            into[random.nextInt(length)] = (byte) random.nextInt();
        } else if (kind == 2) {
            length = random.nextInt(length + 1);
        } else if (kind == 3) {
            into[length++] = (byte) random.nextInt();
        } else if (kind == 4) {
            into[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
        }
        return length;
    }

    /** A gateway with a few clients and connections that behave at random. */
    private static final class Chaos implements GatewayPorts {
        private static final int SESSIONS = 3;

        private final Random random;
        private final GatewayCore core = new GatewayCore(
                GatewayConfig.builder()
                        .maxSessions(SESSIONS)
                        .topicsPerClient(6)
                        .queueMessages(20)
                        .queueOctets(4_096)
                        .outgoingOctets(2_048)
                        .poolMiB(1)
                        .anyForwarder(true)
                        .predefined(5, "site/five")
                        .build(),
                this,
                1);
        private final boolean[] opening = new boolean[SESSIONS + 1];
        private final boolean[] open = new boolean[SESSIONS + 1];
        private long nowMs;
        private boolean calm;
        private String last = "";

        Chaos(Random random) {
            this.random = random;
        }

        void datagram(byte[] frame, int length) {
            core.onDatagram(Peer.of(0, (byte) random.nextInt(4)), frame, 0, length, nowMs);
            assertThat(core.usedOctets()).isLessThanOrEqualTo((SESSIONS + 1) * 16_384L);
        }

        void broker(byte[] octets, int length) {
            int link = random.nextInt(SESSIONS + 1);
            if (open[link]) {
                core.onBrokerBytes(link, octets, 0, length, nowMs);
            }
        }

        void linkEvent() {
            int link = random.nextInt(SESSIONS + 1);
            if (opening[link]) {
                opening[link] = false;
                open[link] = random.nextInt(6) > 0;
                if (open[link]) {
                    core.onBrokerOpen(link, nowMs);
                    if (open[link]) {
                        core.onBrokerBytes(link, new byte[] {0x20, 2, (byte) random.nextInt(2), 0}, 0, 4, nowMs);
                    }
                } else {
                    core.onBrokerClosed(link, nowMs);
                }
            } else if (open[link] && random.nextInt(10) == 0) {
                open[link] = false;
                core.onBrokerClosed(link, nowMs);
            } else if (open[link]) {
                core.onBrokerWritable(link, nowMs);
            }
        }

        void pass(int ms) {
            nowMs += ms;
            core.onTimeout(nowMs);
            assertThat(core.nextDeadlineMs()).isGreaterThan(nowMs);
        }

        void stillServes() {
            calm = true;
            byte[] connect = Hex.bytes("08 04 04 01 00 3C 63 31");
            byte[] disconnect = Hex.bytes("02 18");
            for (int client = 0; client < 4; client++) {
                core.onDatagram(Peer.of(0, (byte) client), disconnect, 0, 2, nowMs);
            }
            core.onDatagram(Peer.of(0, (byte) 9), connect, 0, connect.length, nowMs);
            for (int link = 0; link < SESSIONS; link++) {
                if (opening[link]) {
                    opening[link] = false;
                    open[link] = true;
                    core.onBrokerOpen(link, nowMs);
                    core.onBrokerBytes(link, new byte[] {0x20, 2, 0, 0}, 0, 4, nowMs);
                }
            }
            core.onDatagram(Peer.of(0, (byte) 9), Hex.bytes("02 16"), 0, 2, nowMs);
            assertThat(last).isEqualTo("02 17");
        }

        @Override
        public void sendDatagram(Peer to, byte[] frame, int offset, int length) {
            last = Hex.of(frame, offset, length);
        }

        @Override
        public void openBroker(int session) {
            assertThat(open[session] || opening[session]).isFalse();
            opening[session] = true;
        }

        @Override
        public int sendBroker(int session, byte[] octets, int offset, int length) {
            assertThat(open[session]).isTrue();
            return calm || random.nextInt(4) > 0 ? length : random.nextInt(length + 1);
        }

        @Override
        public void closeBroker(int session) {
            assertThat(open[session] || opening[session]).isTrue();
            open[session] = false;
            opening[session] = false;
        }
    }
}
