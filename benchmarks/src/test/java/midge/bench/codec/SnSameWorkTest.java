package midge.bench.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both MQTT-SN codecs write the same octets and read the same values. */
class SnSameWorkTest {
    private final SnMidgeCodec midge = new SnMidgeCodec();
    private final MobiusCodec mobius = new MobiusCodec();
    private final SnPackets packets = new SnPackets();

    @ParameterizedTest
    @ValueSource(ints = {16, 300})
    void publish(int octets) {
        byte[] data = Sample.payload(octets);
        byte[] frame = midge.publish(data);
        assertThat(frame).endsWith(data).hasSize(octets + (octets > 248 ? 9 : 7));
        assertThat(ByteBufUtil.getBytes(mobius.encodePublish(data))).isEqualTo(frame);

        int expected = 1 + Sample.TOPIC_ID + Sample.PACKET_ID + octets;
        ByteBuf buffer = Packets.buffer(frame);
        for (int again = 0; again < 2; again++) {
            assertThat(midge.decodePublish(frame)).isEqualTo(expected);
            assertThat(mobius.decodePublish(buffer)).isEqualTo(expected);
        }
        assertThat(buffer.refCnt()).isEqualTo(1);
    }

    @Test
    void connect() {
        assertThat(ByteBufUtil.getBytes(mobius.encodeConnect())).isEqualTo(packets.connect);
        assertThat(midge.decodeConnect(packets.connect)).isEqualTo(Sample.KEEP_ALIVE_S + 20);
        assertThat(mobius.decodeConnect(Packets.buffer(packets.connect))).isEqualTo(Sample.KEEP_ALIVE_S + 20);
    }

    @Test
    void register() {
        assertThat(ByteBufUtil.getBytes(mobius.encodeRegister())).isEqualTo(packets.register);
        assertThat(midge.decodeRegister(packets.register)).isEqualTo(Sample.PACKET_ID + 20);
        assertThat(mobius.decodeRegister(Packets.buffer(packets.register))).isEqualTo(Sample.PACKET_ID + 20);
    }

    @Test
    void subscribe() {
        assertThat(ByteBufUtil.getBytes(mobius.encodeSubscribe())).isEqualTo(packets.subscribe);
        int expected = 1 + Sample.PACKET_ID + 20;
        assertThat(midge.decodeSubscribe(packets.subscribe)).isEqualTo(expected);
        assertThat(mobius.decodeSubscribe(Packets.buffer(packets.subscribe))).isEqualTo(expected);
    }
}
