package com.hivemq.client.internal.mqtt.codec.encoder;

import com.hivemq.client.internal.mqtt.message.MqttMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Reaches HiveMQ's encoders without the pipeline around them. Stands in HiveMQ's package for that. */
public final class HiveMqEncoding {
    private final MqttEncoderContext context;

    /** @param allocator where the buffers of packets come from */
    public HiveMqEncoding(ByteBufAllocator allocator) {
        context = new MqttEncoderContext(allocator);
    }

    /** @return the packet in a buffer of the allocator; the caller releases it */
    public ByteBuf encode(MqttMessageEncoder<?> encoder, MqttMessage message) {
        return encoder.castAndEncode(message, context);
    }
}
