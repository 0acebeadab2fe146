package midge.gateway.app;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import midge.gateway.config.GatewayConfig;
import midge.gateway.config.GatewayConfigBuilder;
import midge.settings.Toml;

/**
 * One option: its place in the file, its value when nobody sets it, and what it does to the configuration.
 *
 * @param path section and key, {@code timing.retry_ms}
 * @param standard the default: an {@link Integer}, {@link Boolean}, {@link String} or a list of strings, which is also the option's kind
 * @param effect gives a value of that kind to the builder; throws {@link IllegalArgumentException} for one that it does not take
 */
record Option(String path, Object standard, BiConsumer<GatewayConfigBuilder, Object> effect) {
    static final String ENVIRONMENT = "MIDGE_GATEWAY_";

    String section() {
        return path.substring(0, path.indexOf('.'));
    }

    String key() {
        return path.substring(path.indexOf('.') + 1);
    }

    /** {@return the environment variable that sets it} */
    String variable() {
        return ENVIRONMENT + path.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /**
     * @param value of any kind, as the file or the command line has it
     * @return the value, of this option's kind
     * @throws IllegalArgumentException telling kind or range, without the option's name
     */
    Object judge(Object value) {
        Object fit = ofKind(value);
        effect.accept(GatewayConfig.builder(), fit);
        return fit;
    }

    private Object ofKind(Object value) {
        if (standard instanceof Integer && value instanceof Long number) {
            return number == number.intValue() ? number.intValue() : tooFar(number);
        }
        if (standard.getClass() == value.getClass() || (standard instanceof List && value instanceof List)) {
            return value;
        }
        throw new IllegalArgumentException("is " + Toml.text(value) + ", must be " + kind());
    }

    /** No range reaches beyond an int, so the end of that has the range in its message. */
    private Object tooFar(long number) {
        try {
            effect.accept(GatewayConfig.builder(), number < 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            throw new IllegalArgumentException("is " + number + message.substring(message.indexOf(", must be")), e);
        }
        throw new IllegalStateException(path + " takes every number");
    }

    private String kind() {
        if (standard instanceof Integer) {
            return "a whole number";
        }
        if (standard instanceof Boolean) {
            return "true or false";
        }
        return standard instanceof String ? "text in quotes" : "a list of texts in brackets";
    }

    /** {@return what an environment variable says, lists parted by commas} */
    Object parse(String text) {
        String stripped = text.strip();
        if (standard instanceof Integer) {
            try {
                return Long.valueOf(stripped.replace("_", ""));
            } catch (NumberFormatException e) {
                return stripped; // judged as text where a number must be
            }
        }
        if (standard instanceof Boolean && (stripped.equals("true") || stripped.equals("false"))) {
            return Boolean.valueOf(stripped);
        }
        return standard instanceof List
                ? Arrays.stream(stripped.split(",", -1))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .toList()
                : stripped;
    }
}
