package midge.bench.codec;

import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttPublish;
import org.eclipse.paho.mqttv5.common.packet.MqttWireMessage;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The work on PUBLISH 5.0, done by Eclipse Paho's client for 5.0; otherwise as {@link PahoCodec}. */
@State(Scope.Thread)
public class Paho5Codec {
    final byte[] out = new byte[70_000];

    int encodePublish5(byte[] payload) throws MqttException {
        MqttProperties properties = new MqttProperties();
        properties.setMessageExpiryInterval((long) Sample.EXPIRY_S);
        properties.setContentType(Sample.CONTENT_TYPE);
        properties.setResponseTopic(Sample.RESPONSE_TOPIC);
        properties.setCorrelationData(Sample.CORRELATION);
        properties.setUserProperties(List.of(new UserProperty(Sample.USER_KEY, Sample.USER_VALUE)));
        MqttPublish publish = new MqttPublish(Sample.TOPIC, new MqttMessage(payload, 1, false, properties), properties);
        publish.setMessageId(Sample.PACKET_ID);
        byte[] header = publish.getHeader();
        System.arraycopy(header, 0, out, 0, header.length);
        System.arraycopy(payload, 0, out, header.length, payload.length);
        return header.length + payload.length;
    }

    int decodePublish5(byte[] frame) throws MqttException {
        MqttPublish publish = (MqttPublish) MqttWireMessage.createWireMessage(frame);
        MqttProperties properties = publish.getProperties();
        int sum = publish.getMessageId()
                + publish.getTopicName().length()
                + publish.getMessage().getPayload().length
                + properties.getMessageExpiryInterval().intValue()
                + properties.getContentType().length()
                + properties.getResponseTopic().length()
                + properties.getCorrelationData().length;
        for (UserProperty property : properties.getUserProperties()) {
            sum += property.getValue().length();
        }
        return sum;
    }
}
