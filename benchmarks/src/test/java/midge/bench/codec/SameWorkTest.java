package midge.bench.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every codec of the comparison writes the same octets and reads the same values. */
class SameWorkTest {
    private final MidgeCodec midge = new MidgeCodec();
    private final NettyCodec netty = new NettyCodec();
    private final Netty5Codec netty5 = new Netty5Codec();
    private final HiveMqCodec hivemq = new HiveMqCodec();
    private final PahoCodec paho = new PahoCodec();
    private final Paho5Codec paho5 = new Paho5Codec();
    private final Packets packets = new Packets();

    SameWorkTest() throws Exception {}

    private static byte[] taken(ByteBuf packet) {
        byte[] octets = ByteBufUtil.getBytes(packet);
        assertThat(packet.release()).as("one reference").isTrue();
        return octets;
    }

    private static byte[] taken(byte[] out, int length) {
        return Arrays.copyOf(out, length);
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 256, 65_536})
    void publishHasTheSameOctetsFromEveryCodec(int octets) throws Exception {
        byte[] payload = Sample.payload(octets);
        byte[] expected = midge.publish(payload);
        assertThat(expected).hasSizeGreaterThan(octets + 24).endsWith(payload);
        assertThat(taken(netty.encodePublish(payload))).isEqualTo(expected);
        assertThat(taken(hivemq.encodePublish(payload))).isEqualTo(expected);
        assertThat(taken(paho.out, paho.encodePublish(payload))).isEqualTo(expected);
    }

    @Test
    void connectAndSubscribeHaveTheSameOctetsFromEveryCodec() throws Exception {
        assertThat(packets.connect).startsWith(0x10).endsWith(Sample.octets(Sample.PASSWORD));
        assertThat(taken(netty.encodeConnect())).isEqualTo(packets.connect);
        assertThat(taken(hivemq.encodeConnect())).isEqualTo(packets.connect);
        assertThat(taken(paho.out, paho.encodeConnect())).isEqualTo(packets.connect);

        assertThat(packets.subscribe).startsWith(0x82).endsWith('#', 2);
        assertThat(taken(netty.encodeSubscribe())).isEqualTo(packets.subscribe);
        assertThat(taken(hivemq.encodeSubscribe())).isEqualTo(packets.subscribe);
        assertThat(taken(paho.out, paho.encodeSubscribe())).isEqualTo(packets.subscribe);
    }

    /** The order of properties is free, so the length is compared and the values that Midge reads from it. */
    @Test
    void publish5OfEveryCodecReadsAlike() throws Exception {
        byte[] payload = packets.payload;
        int expected = midge.decodePublish5(packets.publish5);
        assertThat(expected).isEqualTo(Sample.PACKET_ID + 20 + 16 + Sample.EXPIRY_S + 16 + 12 + 16 + 7);
        for (byte[] packet : new byte[][] {
            taken(netty5.encodePublish5(payload)),
            taken(hivemq.encodePublish5(payload)),
            taken(paho5.out, paho5.encodePublish5(payload))
        }) {
            assertThat(packet).hasSameSizeAs(packets.publish5);
            assertThat(midge.decodePublish5(packet)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 256, 65_536})
    void everyCodecReadsTheSameFromAPublish(int octets) throws Exception {
        byte[] frame = midge.publish(Sample.payload(octets));
        int expected = Sample.PACKET_ID + 20 + octets;
        ByteBuf buffer = Packets.buffer(frame);
        for (int again = 0; again < 2; again++) {
            assertThat(midge.decodePublish(frame)).isEqualTo(expected);
            assertThat(netty.decode(buffer)).isEqualTo(expected);
            assertThat(hivemq.decode(buffer)).isEqualTo(expected);
            assertThat(paho.decode(frame)).isEqualTo(expected);
        }
        assertThat(buffer.refCnt()).isEqualTo(1);
    }

    @Test
    void everyCodecReadsTheSameFromAPublish5() throws Exception {
        int expected = midge.decodePublish5(packets.publish5);
        ByteBuf buffer = Packets.buffer(packets.publish5);
        assertThat(netty5.decode(buffer)).isEqualTo(expected);
        assertThat(hivemq.decode5(buffer)).isEqualTo(expected);
        assertThat(paho5.decodePublish5(packets.publish5)).isEqualTo(expected);
    }

    @Test
    void everyServerCodecReadsTheSameFromConnectAndSubscribe() throws Exception {
        int connect = Sample.KEEP_ALIVE_S + 20 + 10 + 21 + 20 + 7;
        assertThat(midge.decodeConnect(packets.connect)).isEqualTo(connect);
        assertThat(netty.decode(Packets.buffer(packets.connect))).isEqualTo(connect);
        assertThat(paho.decode(packets.connect)).as("only as far as it tells").isZero();

        int subscribe = Sample.PACKET_ID + 20 + 1 + 14 + 2;
        assertThat(midge.decodeSubscribe(packets.subscribe)).isEqualTo(subscribe);
        assertThat(netty.decode(Packets.buffer(packets.subscribe))).isEqualTo(subscribe);
        assertThat(paho.decode(packets.subscribe)).as("only as far as it tells").isEqualTo(Sample.PACKET_ID);
    }

    @Test
    void everyCodecReadsTheSameFromTheStream() throws Exception {
        MixedStream stream = new MixedStream();
        assertThat(new MixedStream().bytes).as("one stream for all").isEqualTo(stream.bytes);
        assertThat(new MixedStream().ends).isEqualTo(stream.ends).hasSizeGreaterThan(100);
        ByteBuf buffer = Packets.buffer(stream.bytes);
        int expected = midge.decodeStream(stream);
        assertThat(expected).isGreaterThan(MixedStream.PACKETS * 1000);
        for (int again = 0; again < 2; again++) {
            assertThat(midge.decodeStream(stream)).isEqualTo(expected);
            assertThat(netty.decodeStream(buffer, stream.ends)).isEqualTo(expected);
            assertThat(hivemq.decodeStream(buffer, stream.ends)).isEqualTo(expected);
            assertThat(paho.decodeStream(stream)).isEqualTo(expected);
        }
        assertThat(buffer.refCnt()).isEqualTo(1);
    }
}
