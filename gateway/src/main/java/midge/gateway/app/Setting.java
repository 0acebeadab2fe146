package midge.gateway.app;

/**
 * A value and who gave it.
 *
 * @param value of its option's kind
 * @param origin {@code default}, {@code line 7}, the name of an environment variable or of an option of the command line
 */
record Setting(Object value, String origin) {
    static final String DEFAULT = "default";
}
