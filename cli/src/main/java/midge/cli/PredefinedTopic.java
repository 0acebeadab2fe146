package midge.cli;

/** {@code ID=TOPIC} as the options write it. */
record PredefinedTopic(int id, String name) {
    private static final int LARGEST = 65_534;

    static PredefinedTopic parse(String text) {
        int equals = text.indexOf('=');
        try {
            int id = Integer.parseInt(text.substring(0, Math.max(0, equals)).strip());
            String name = text.substring(equals + 1);
            if (id >= 1 && id <= LARGEST && !name.isEmpty()) {
                return new PredefinedTopic(id, name);
            }
        } catch (NumberFormatException e) {
            // told below, as every other mistake here
        }
        throw new UserError(
                ExitCode.USAGE,
                "--predefined takes ID=TOPIC with an id in 1.." + LARGEST + ", such as 1=site/7/t; got '" + text + "'");
    }
}
