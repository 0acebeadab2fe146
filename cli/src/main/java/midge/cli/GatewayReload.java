package midge.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import midge.gateway.app.GatewaySettings;
import midge.gateway.app.PacketLog;
import midge.gateway.app.RefusalLog;
import midge.gateway.app.SettingsException;
import midge.gateway.net.GatewayLoop;
import midge.gateway.port.PacketObserver;
import org.tinylog.Logger;

/** Reads a running gateway's settings again. What is wrong with them is logged, and then everything stays as it was. */
final class GatewayReload {
    private final GatewayLoop gateway;
    private final Source source;
    private final GatewaySettings atStart;

    /** Where settings come from. */
    interface Source {
        GatewaySettings read() throws SettingsException;
    }

    GatewayReload(GatewayLoop gateway, GatewaySettings atStart, Source source) {
        this.gateway = gateway;
        this.atStart = atStart;
        this.source = source;
    }

    /** {@return what logs the packets, or only what brokers refuse} */
    static PacketObserver observer(GatewayLoop gateway, GatewaySettings settings) {
        return observer(gateway, settings, Logger.tag("packets")::debug);
    }

    private static PacketObserver observer(GatewayLoop gateway, GatewaySettings settings, Consumer<String> packets) {
        return settings.logsPackets()
                ? new PacketLog(gateway.core(), packets)
                : new RefusalLog(gateway.core(), Logger::warn);
    }

    /** Reads them at each SIGHUP, where there is such a signal. By name: the compiler warns of sun.misc, for which there is no substitute. */
    void onHangUp() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object onSignal = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, arguments) -> onCall(method.getName()));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), onSignal);
        } catch (ClassNotFoundException | NoSuchMethodException | InvocationTargetException e) {
            Logger.debug("no SIGHUP here, settings are read at the start only");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object onCall(String method) {
        if (method.equals("handle")) {
            reload();
        }
        return false;
    }

    private synchronized void reload() {
        GatewaySettings newer;
        try {
            newer = source.read();
        } catch (SettingsException e) {
            e.errors().forEach(error -> Logger.error("{}", error));
            Logger.error("the settings stay as they were");
            return;
        } catch (UserError e) {
            Logger.error("{}; the settings stay as they were", e.getMessage());
            return;
        }
        List<String> later = atStart.changesForRestart(newer);
        later.forEach(path -> Logger.warn("{} has changed; it is read at the start only", path));
        if (newer.config().maxTopic() > atStart.config().maxTopic()) {
            Logger.error("longer topics need a restart; the settings stay as they were");
            return;
        }
        boolean sameBrokers = atStart.brokers().equals(newer.brokers());
        if (!gateway.adopt(newer.config(), sameBrokers ? newer.targets() : atStart.targets())
                .awaitUninterruptibly()
                .isSuccess()) {
            Logger.error("the new settings could not be taken");
            return;
        }
        atStart.dtls().ifPresent(dtls -> newer.dtls().ifPresent(dtls::adopt));
        gateway.call(() -> {
            // The logger's own level stands since the start: where that drops debug lines, the packets are told as
            // info.
            Consumer<String> packets =
                    atStart.logsPackets() ? Logger.tag("packets")::debug : Logger.tag("packets")::info;
            gateway.core().observe(observer(gateway, newer, packets));
            return true;
        });
        Logger.info("the settings were read again");
    }
}
