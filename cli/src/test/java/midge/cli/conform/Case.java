package midge.cli.conform;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Locale;

/**
 * One named case of the suite.
 *
 * @param group the class that holds it, such as {@code Connect}
 */
record Case(String group, Method method, Rule rule) {
    /** {@return what holds, in words} */
    String words() {
        StringBuilder words = new StringBuilder();
        for (String word : method.getName().split("(?=[A-Z])|(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z])")) {
            String small = word.toLowerCase(Locale.ROOT);
            boolean isMessage = Notation.isMessageName(word.toUpperCase(Locale.ROOT));
            words.append(words.isEmpty() ? "" : " ").append(isMessage ? word.toUpperCase(Locale.ROOT) : small);
        }
        return words.toString().replace("qos", "QoS");
    }

    void play(Scene scene) throws Exception {
        try {
            var constructor = method.getDeclaringClass().getDeclaredConstructor();
            method.invoke(constructor.newInstance(), scene);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
        scene.end();
    }
}
