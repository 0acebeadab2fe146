package midge.cli.conform;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.cli.e2e.Mosquitto;

/**
 * Debian's Mosquitto with rules that refuse a subscription and a login, by its plugin for dynamic security: its access list for files
 * refuses neither.
 */
final class BrokerRules {
    private static final String RULES = """
            {"defaultACLAccess": {"publishClientSend": true, "publishClientReceive": true, "subscribe": true, "unsubscribe": true},
             "clients": [], "anonymousGroup": "all",
             "groups": [{"groupname": "all", "roles": [{"rolename": "guest"}], "clients": []}],
             "roles": [{"rolename": "guest", "acls": [
                {"acltype": "subscribePattern", "topic": "+/%s/#", "priority": 0, "allow": false}]}]}
            """.formatted(Gateways.DENIED);

    private BrokerRules() {}

    static boolean arePossible() throws IOException {
        return plugin() != null;
    }

    static Mosquitto mosquitto(Path folder) throws IOException {
        Path plugin = plugin();
        if (plugin == null) {
            return Mosquitto.inMemory(folder, "");
        }
        Path rules = Files.writeString(folder.resolve("rules.json"), RULES);
        return Mosquitto.inMemory(folder, "plugin " + plugin + "\nplugin_opt_config_file " + rules);
    }

    private static Path plugin() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-*")) {
            for (Path folder : folders) {
                Path plugin = folder.resolve("mosquitto_dynamic_security.so");
                if (Files.exists(plugin)) {
                    return plugin;
                }
            }
        }
        return null;
    }
}
