package midge.gateway.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import midge.gateway.config.GatewayConfig;
import midge.gateway.config.Logins;
import midge.gateway.config.TopicRules;
import midge.gateway.net.BrokerTls;
import midge.gateway.net.DtlsKeys;
import midge.gateway.net.DtlsSecurity;
import midge.gateway.net.DtlsSecurity.ClientCertificates;
import midge.settings.SecretFile;
import midge.settings.Suggestion;
import midge.settings.Toml;
import org.jspecify.annotations.Nullable;

/**
 * Puts the settings together. A later call goes before an earlier one, so call in this order: {@link #file}, {@link #environment},
 * {@link #option}. Mistakes are collected, so that {@link #settings} can tell all of them at once.
 */
public final class SettingsReader {
    private final Map<String, Setting> settings = new LinkedHashMap<>();
    private final Map<Integer, Setting> topics = new TreeMap<>();
    private final Map<String, Map<Integer, Setting>> topicsByClient = new TreeMap<>();
    private final List<String> errors = new ArrayList<>();
    private Map<String, String> environment = Map.of();
    private Path folder = Path.of("");
    private final LinkCheck links;
    private @Nullable Path file;

    /** Every option at its default, and no links of the host's. */
    public SettingsReader() {
        this(LinkCheck.NONE);
    }

    /** Every option at its default. */
    public SettingsReader(LinkCheck links) {
        this.links = links;
        Options.ALL.forEach((path, option) -> settings.put(path, new Setting(option.standard(), Setting.DEFAULT)));
    }

    /** Reads a TOML file. Relative names in it begin at its folder. */
    public SettingsReader file(Path toml) {
        file = toml;
        folder = toml.resolveSibling("");
        new SettingsFile(this, toml.toString()).read(toml);
        return this;
    }

    /** Takes the variables that begin with {@code MIDGE_GATEWAY_}: {@code MIDGE_GATEWAY_TIMING_RETRY_MS} for {@code timing.retry_ms}. */
    public SettingsReader environment(Map<String, String> variables) {
        environment = Map.copyOf(variables);
        Map<String, Option> byVariable = new LinkedHashMap<>();
        Options.ALL.values().forEach(option -> byVariable.put(option.variable(), option));
        new TreeMap<>(variables).forEach((name, value) -> {
            Option option = byVariable.get(name);
            if (option != null) {
                set(option, option.parse(value), name, name);
            } else if (name.startsWith(Option.ENVIRONMENT)) {
                errors.add(name + " sets nothing" + Suggestion.text(name, byVariable.keySet()));
            }
        });
        return this;
    }

    /**
     * Takes one option of a command line.
     *
     * @param path as in the file, {@code broker.uri}
     * @param name as on the command line, {@code --broker}
     * @param value a number, boolean, text or list of texts; null sets nothing
     */
    public SettingsReader option(String path, String name, @Nullable Object value) {
        if (value != null) {
            Option option = Options.of(path);
            Object wide = value instanceof Integer number ? Long.valueOf(number) : value;
            try {
                put(path, option.judge(wide), name);
            } catch (IllegalArgumentException e) {
                errors.add(name + ": " + e.getMessage());
            }
        }
        return this;
    }

    /** Adds a pre-defined topic for all clients, from the command line. */
    public SettingsReader topic(int id, String topic, String name) {
        topic(null, id, topic, name, name);
        return this;
    }

    /** @return the level to log at as far as is known, for a host that must say so before {@link #settings} sets TLS up */
    public String logLevel() {
        return text(Options.LEVEL);
    }

    /**
     * @return the settings, every value in its range
     * @throws SettingsException with all mistakes
     */
    public GatewaySettings settings() throws SettingsException {
        if (errors.isEmpty()) {
            GatewaySettings complete = build();
            if (complete != null) {
                return complete;
            }
        }
        throw new SettingsException(errors);
    }

    private @Nullable GatewaySettings build() {
        Setting passwordFile = get(Options.PASSWORD_FILE);
        byte[] password = {};
        if (!passwordFile.value().equals("")) {
            try {
                if (get(Options.USER).value().equals("")) {
                    throw new IllegalArgumentException(
                            passwordFile.origin().startsWith("--") ? "needs --user" : "needs broker.user");
                }
                password = SecretFile.password(path(Options.PASSWORD_FILE));
                GatewayConfig.builder().password(password);
            } catch (IllegalArgumentException e) {
                return fail(Options.PASSWORD_FILE, e);
            }
        }
        try {
            checkLinks();
        } catch (IllegalArgumentException e) {
            return fail(Options.LISTEN, e);
        }
        Logins logins;
        TopicRules topicRules;
        BrokerTls tls;
        DtlsSecurity dtls;
        try {
            logins = logins();
        } catch (IllegalArgumentException e) {
            return fail(Options.CREDENTIALS, e);
        }
        try {
            topicRules = text(Options.TOPICS_FILE).isEmpty()
                    ? TopicRules.NONE
                    : TopicRulesFile.read(path(Options.TOPICS_FILE));
        } catch (IllegalArgumentException e) {
            return fail(Options.TOPICS_FILE, e);
        }
        try {
            tls = tls();
        } catch (IllegalArgumentException e) {
            return fail(Options.CAFILE, e);
        }
        try {
            dtls = dtls();
        } catch (IllegalArgumentException e) {
            return fail(text(Options.DTLS_PSK).isEmpty() ? Options.DTLS_CERT : Options.DTLS_PSK, e);
        }
        try {
            return new GatewaySettings(
                    Map.copyOf(settings), topics, topicsByClient, password, logins, topicRules, tls, store(), dtls);
        } catch (GatewaySettings.Misfit e) {
            return fail(e.path(), e);
        }
    }

    /** {@return the directory of the store; systemd names one for services that want it; null: none} */
    private @Nullable Path store() {
        if (!text(Options.STORE).isEmpty()) {
            return path(Options.STORE);
        }
        String directory = environment.getOrDefault("STATE_DIRECTORY", "");
        return directory.isEmpty() ? null : Path.of(directory.split(":", 2)[0]);
    }

    private void checkLinks() {
        for (String uri : Options.texts(get(Options.LISTEN).value())) {
            Endpoint listener = Options.listener(uri);
            if (listener.isLink() && !links.schemes().contains(listener.scheme())) {
                TreeSet<String> schemes = new TreeSet<>(Endpoint.LISTENERS.keySet());
                String others = links.schemes().isEmpty()
                        ? ""
                        : ", or one of " + String.join(", ", new TreeSet<>(links.schemes()));
                throw new IllegalArgumentException(
                        Toml.quoted(uri.replaceAll("//[^/]*@", "//...@")) + " is no link for this place, expected "
                                + String.join(", ", schemes) + "://host:port" + others);
            }
            if (listener.isLink()) {
                links.check(uri);
            }
        }
    }

    private Logins logins() {
        return text(Options.CREDENTIALS).isEmpty() ? Logins.NONE : LoginsFile.logins(path(Options.CREDENTIALS));
    }

    /** {@return TLS for the brokers that want it, null when none does} */
    private @Nullable BrokerTls tls() {
        boolean certificate = !text(Options.CERT).isEmpty();
        if (certificate != !text(Options.KEY).isEmpty()) {
            throw new IllegalArgumentException("needs cert and key, or none of them");
        }
        List<String> fallback = Options.texts(get(Options.FALLBACK).value());
        if (GatewaySettings.brokers(text(Options.BROKER), fallback).stream().noneMatch(Endpoint::isSecure)) {
            return null;
        }
        return BrokerTls.of(
                text(Options.CAFILE).isEmpty() ? null : path(Options.CAFILE),
                certificate ? path(Options.CERT) : null,
                certificate ? path(Options.KEY) : null,
                !(Boolean) get(Options.INSECURE).value(),
                Options.texts(get(Options.ALPN).value()));
    }

    /** {@return how clients are known by DTLS, null when no listener wants that} */
    private @Nullable DtlsSecurity dtls() {
        if (Options.texts(get(Options.LISTEN).value()).stream()
                .map(Options::listener)
                .noneMatch(Endpoint::isDtls)) {
            return null;
        }
        boolean certificate = !text(Options.DTLS_CERT).isEmpty();
        if (certificate != !text(Options.DTLS_KEY).isEmpty()) {
            throw new IllegalArgumentException("needs dtls.cert and dtls.key, or none of them");
        }
        DtlsKeys keys = new DtlsKeys();
        if (!text(Options.DTLS_PSK).isEmpty()) {
            keys.replace(PskFile.read(path(Options.DTLS_PSK)));
        } else if (!certificate) {
            throw new IllegalArgumentException("dtls:// needs dtls.psk_file with the devices' keys, or dtls.cert and"
                    + " dtls.key; docs/dtls.md has both in three lines");
        }
        ClientCertificates asks = Options.clientCertificates(text(Options.DTLS_ASK));
        boolean hasAuthorities = !text(Options.DTLS_CAFILE).isEmpty();
        if (certificate && asks != ClientCertificates.NONE && !hasAuthorities) {
            throw new IllegalArgumentException("needs dtls.cafile to judge clients' certificates by; dtls.client_cert ="
                    + " \"none\" asks for no certificate, and lets everybody in");
        }
        if (certificate) {
            SecretFile.refuseWorldReadable("private key", path(Options.DTLS_KEY));
        }
        return new DtlsSecurity(
                keys,
                certificate ? path(Options.DTLS_CERT) : null,
                certificate ? path(Options.DTLS_KEY) : null,
                asks,
                hasAuthorities ? path(Options.DTLS_CAFILE) : null,
                (Integer) get(Options.DTLS_SESSIONS).value(),
                (Integer) get(Options.DTLS_STALE).value());
    }

    private String text(String path) {
        return (String) get(path).value();
    }

    /** {@return a file name; a relative one begins at the folder of the file that names it} */
    private Path path(String path) {
        Path from = get(path).origin().startsWith("line") ? folder : Path.of("");
        return from.resolve(SecretFile.expand(text(path), environment));
    }

    private @Nullable GatewaySettings fail(String path, IllegalArgumentException e) {
        String origin = get(path).origin();
        String told = String.valueOf(e.getMessage());
        String shown = origin.startsWith("-") ? origin : place(origin) + path;
        errors.add(shown + (told.startsWith("needs ") ? " " : ": ") + told);
        return null;
    }

    private String place(String origin) {
        return origin.startsWith("line ") ? file + ":" + origin.substring(5) + ": " : "";
    }

    private Setting get(String path) {
        Setting setting = settings.get(path);
        if (setting == null) {
            throw new IllegalStateException("no setting " + path);
        }
        return setting;
    }

    void put(String path, Object value, String origin) {
        settings.put(path, new Setting(value, origin));
    }

    void error(String line) {
        errors.add(line);
    }

    /**
     * @param value of any kind
     * @param where how a mistake's line begins
     */
    void set(Option option, Object value, String where, String origin) {
        try {
            put(option.path(), option.judge(value), origin);
        } catch (IllegalArgumentException e) {
            errors.add(where + " " + explain(value, String.valueOf(e.getMessage())));
        }
    }

    void topic(@Nullable String client, int id, String topic, String where, String origin) {
        try {
            if (client == null) {
                GatewayConfig.builder().predefined(id, topic);
                topics.put(id, new Setting(topic, origin));
            } else {
                GatewayConfig.builder().predefined(client, id, topic);
                topicsByClient.computeIfAbsent(client, key -> new TreeMap<>()).put(id, new Setting(topic, origin));
            }
        } catch (IllegalArgumentException e) {
            errors.add(where + ": " + e.getMessage());
        }
    }

    /** The builder says "retryMs is 50, must be 100..60000"; the user knows another name. */
    private static String explain(Object value, String message) {
        if (message.startsWith("is ") || message.startsWith("holds ")) {
            return message;
        }
        int range = value instanceof Long ? message.indexOf(" is ") : -1;
        return range >= 0 ? message.substring(range + 1) : "is " + shown(value) + ": " + message;
    }

    private static String shown(Object value) {
        return Toml.text(value).replaceAll("//[^/\"]*@", "//...@");
    }
}
