package midge.mqtt.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.IdentityHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryTest {
    /** Adds up the arrays of numbers that an object of ours reaches, its configuration apart. */
    private static long arrays(Object o, Map<Object, Object> seen) throws IllegalAccessException {
        if (o == null || o instanceof MqttClientConfig || seen.put(o, o) != null) {
            return 0;
        }
        Class<?> type = o.getClass();
        if (type == byte[].class || type == int[].class) {
            return (long) Array.getLength(o) * (type == byte[].class ? 1 : 4);
        }
        long sum = 0;
        if (type.isArray()) {
            for (Object element : (Object[]) o) {
                sum += arrays(element, seen);
            }
            return sum;
        }
        for (Class<?> c = type; c != null && c.getName().startsWith("midge."); c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    sum += arrays(field.get(o), seen);
                }
            }
        }
        return sum;
    }

    private static long arraysOf(MqttClientConfig config) throws IllegalAccessException {
        return arrays(new MqttClient(config, null, null), new IdentityHashMap<>());
    }

    @Test
    void theConfigurationKnowsTheOctetsOfItsClient() throws IllegalAccessException {
        MqttClientConfig plain = Script.v311().build();
        assertEquals(plain.bufferBytes(), arraysOf(plain));
        MqttClientConfig large = Script.v5()
                .window(100)
                .slotBytes(128)
                .sendBytes(4_096)
                .packetSizeMax(10_000)
                .receiveMax(77)
                .requestsMax(9)
                .topicAliasMax(5)
                .topicAliasesOut(6)
                .aliasTopicBytes(33)
                .build();
        assertEquals(large.bufferBytes(), arraysOf(large));
    }

    @Test
    void aSmallDeviceNeedsLittle() {
        MqttClientConfig small = Script.v311()
                .window(1)
                .slotBytes(64)
                .sendBytes(128)
                .packetSizeMax(128)
                .receiveMax(4)
                .requestsMax(1)
                .build();
        assertTrue(small.bufferBytes() < 512, "octets: " + small.bufferBytes());
    }
}
