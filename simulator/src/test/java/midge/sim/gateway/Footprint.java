package midge.sim.gateway;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * What an object holds: how many objects can be reached from it, and how many elements their arrays have. Two equal footprints mean that
 * nothing was added for good.
 */
record Footprint(long objects, long elements) {
    /**
     * Counts.
     *
     * @param others where to stop: what the object only uses, such as its listener
     */
    static Footprint of(Object root, Object... others) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Object> open = new ArrayDeque<>();
        seen.addAll(Arrays.asList(others));
        long before = seen.size();
        long elements = 0;
        add(root, seen, open);
        while (!open.isEmpty()) {
            Object one = open.remove();
            if (one.getClass().isArray()) {
                elements += Array.getLength(one);
                if (one instanceof Object[] references) {
                    for (Object reference : references) {
                        add(reference, seen, open);
                    }
                }
            } else {
                addFields(one, seen, open);
            }
        }
        return new Footprint(seen.size() - before, elements);
    }

    private static void addFields(Object one, Set<Object> seen, ArrayDeque<Object> open) {
        for (Class<?> type = one.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    add(value(field, one), seen, open);
                }
            }
        }
    }

    private static Object value(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Objects of the JDK are leaves: a string or a boxed number never grows, and collections are not used in what is counted here. */
    private static void add(Object one, Set<Object> seen, ArrayDeque<Object> open) {
        if (one == null || !seen.add(one)) {
            return;
        }
        if (one.getClass().isArray() || one.getClass().getName().startsWith("midge.")) {
            open.add(one);
        } else if (one instanceof Iterable || one instanceof java.util.Map) {
            throw new IllegalArgumentException("a " + one.getClass() + " may grow unseen");
        }
    }
}
