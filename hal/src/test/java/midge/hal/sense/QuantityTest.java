package midge.hal.sense;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test
    void everyQuantityHasANumberOfItsOwn() throws IllegalAccessException {
        Map<Integer, String> names = new HashMap<>();
        for (Field field : Quantity.class.getFields()) {
            assertNull(names.put(field.getInt(null), field.getName()), field.getName());
        }
        assertTrue(names.size() >= 15);
    }
}
