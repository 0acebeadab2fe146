package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import midge.board.jvm.JvmClock;
import midge.board.jvm.SelectorIdle;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty devices publish at QoS 1 and 2 and obey commands at QoS 2, while the gateway is killed ({@code kill -9}) and the broker stopped and
 * started, each twenty times at random moments. What was acknowledged has arrived, and at QoS 2 once.
 *
 * <p>The broker is stopped in order and not killed: Mosquitto acknowledges what it has not saved yet, and that is not ours to judge. Nor is
 * an exchange with the watcher or with the gateway that it begins anew, with DUP and the same identifier, after its own PUBREL: the
 * receiver is held to the octets that the broker sent it.
 */
class GatewayKilledIT {
    private static final int DEVICES = Integer.getInteger("midge.devices", 50);
    private static final int KILLS = Integer.getInteger("midge.kills", 20);
    private static final int STOPS = Integer.getInteger("midge.stops", 20);
    private static final long SEED = Long.getLong("midge.seed", 1);
    private static final int COMMANDS_UNDER_WAY = 8;
    private static final int COMMANDS_AHEAD = 4 * DEVICES;
    private static final long PATIENCE_MS = 60_000;
    private static final int START_MS = 60_000;
    private static final int PAUSE_MS = 5;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final JvmClock clock = new JvmClock();
    private final List<FleetDevice> devices = new ArrayList<>();
    private final List<String> commanded = new ArrayList<>();
    private Path settings;
    private Mosquitto broker;
    private WatchedLines lines;
    private Program gateway;
    private SelectorIdle idle;
    private ResumingClient watcher;
    private ResumingClient commander;
    private boolean producing = true;
    private volatile long acknowledged;
    private volatile boolean isOver;
    private volatile Throwable trouble;

    @Test
    void whatWasAcknowledgedArrivesAndQos2ArrivesOnce() throws IOException {
        int port = Mosquitto.freePort();
        InetSocketAddress listener = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (Mosquitto mosquitto = Mosquitto.savingAtTheEnd(folder);
                WatchedLines watched = new WatchedLines(mosquitto.port());
                SelectorIdle selector = new SelectorIdle(clock);
                ResumingClient watching = new ResumingClient(4, "watcher", 4, address(mosquitto));
                ResumingClient commanding = new ResumingClient(4, "commander", 16, address(mosquitto))) {
            broker = mosquitto;
            lines = watched;
            idle = selector;
            watcher = watching;
            commander = commanding;
            watcher.subscribe("up/#");
            settings = Files.writeString(folder.resolve("gateway.toml"), settings(port));
            startGateway();
            for (int i = 0; i < DEVICES; i++) {
                devices.add(new FleetDevice("d" + i, listener, idle));
            }
            run(() -> devices.stream().allMatch(FleetDevice::isSubscribed));
            Thread chaos = new Thread(this::bringChaos, "chaos");
            chaos.setDaemon(true);
            chaos.start();
            runWhile(() -> !isOver);
            assertThat(trouble).as("in the thread of the kills").isNull();
            producing = false;
            run(() -> devices.stream().allMatch(FleetDevice::isIdle)
                    && commander.client.unfinished() == 0
                    && heard() >= commanded.size()
                    && watcher.distinct.size() == acknowledged);
            judge();
        } finally {
            if (gateway != null) {
                gateway.close();
            }
            for (FleetDevice device : devices) {
                device.close();
            }
        }
    }

    private static InetSocketAddress address(Mosquitto broker) {
        return new InetSocketAddress("127.0.0.1", broker.port());
    }

    private String settings(int port) {
        return """
                [gateway]
                listen = ["udp://127.0.0.1:%d"]
                [broker]
                uri = "%s"
                backoff_min_ms = 50
                backoff_max_ms = 300
                [timing]
                retry_ms = 500
                stranger_ms = 100
                [store]
                directory = "%s"
                """.formatted(port, lines.uri(), folder.resolve("sessions"));
    }

    private void startGateway() {
        gateway = MidgeProgram.start("gateway", "--config", settings.toString(), "--wait-for-broker");
        gateway.await("MQTT-SN on", START_MS);
    }

    /** Kills the gateway and stops the broker in random order, each time when messages flow again. */
    private void bringChaos() {
        try {
            List<Runnable> blows = new ArrayList<>(Collections.nCopies(KILLS, this::killGateway));
            blows.addAll(Collections.nCopies(STOPS, this::stopBroker));
            Collections.shuffle(blows, random);
            for (Runnable blow : blows) {
                awaitProgress();
                rest(random.nextInt(300));
                blow.run();
            }
        } catch (RuntimeException | AssertionError e) {
            trouble = e;
        } finally {
            isOver = true;
        }
    }

    private void killGateway() {
        gateway.signal("KILL");
        gateway.exitCode(START_MS);
        startGateway();
    }

    private void stopBroker() {
        broker.stop();
        rest(random.nextInt(200));
        broker.start();
    }

    private void awaitProgress() {
        long wanted = acknowledged + DEVICES;
        long endMs = clock.nowMs() + PATIENCE_MS;
        while (acknowledged < wanted) {
            if (clock.nowMs() > endMs) {
                throw new AssertionError("messages do not flow again");
            }
            rest(5);
        }
    }

    private static void rest(int ms) {
        LockSupport.parkNanos(ms * 1_000_000L);
    }

    /** Lives on until the condition holds. */
    private void run(BooleanSupplier condition) {
        long endMs = clock.nowMs() + PATIENCE_MS;
        runWhile(() -> {
            if (clock.nowMs() > endMs) {
                throw new AssertionError("nothing more comes: " + acknowledged + " acknowledged, "
                        + watcher.distinct.size() + " at the watcher, missing there " + missing() + "; "
                        + commanded.size() + " commands, " + heard() + " heard; "
                        + devices.stream().filter(device -> !device.isIdle()).toList());
            }
            return !condition.getAsBoolean();
        });
    }

    private void runWhile(BooleanSupplier condition) {
        while (condition.getAsBoolean()) {
            long nowMs = clock.nowMs();
            long sum = 0;
            for (FleetDevice device : devices) {
                device.turn(producing, nowMs);
                sum += device.acknowledged.size();
            }
            acknowledged = sum;
            watcher.step();
            commander.step();
            if (producing && !devices.isEmpty()) {
                command();
            }
            idle.until(nowMs + PAUSE_MS);
        }
    }

    private void command() {
        while (commander.client.isConnected()
                && commander.client.unfinished() < COMMANDS_UNDER_WAY
                && commanded.size() - taken() < COMMANDS_AHEAD) {
            FleetDevice device = devices.get(random.nextInt(devices.size()));
            if (!device.isSubscribed()) {
                return;
            }
            String payload = device.id + " command " + commanded.size();
            if (commander.publish("down/" + device.id, payload) <= 0) {
                return;
            }
            commanded.add(payload);
        }
    }

    private long taken() {
        return devices.stream().mapToLong(device -> device.commands.size()).sum();
    }

    private long heard() {
        return devices.stream()
                .mapToLong(device -> device.commands.stream().distinct().count())
                .sum();
    }

    private List<String> missing() {
        return acknowledgedOnes().filter(one -> !watcher.distinct.contains(one)).toList();
    }

    private Stream<String> acknowledgedOnes() {
        return devices.stream().flatMap(device -> device.acknowledged.stream());
    }

    /** All were heard, in order, and none more often than the broker began an exchange for it. */
    private void judgeCommands(FleetDevice device) {
        assertThat(device.commands.stream().distinct())
                .as("commands of " + device.id)
                .containsExactlyElementsOf(commanded.stream()
                        .filter(one -> one.startsWith(device.id + " "))
                        .toList());
        List<String> due = lines.due(device.id);
        assertThat(device.commands)
                .as(() -> "commands of " + device.id + ", of which were due " + due)
                .allMatch(one -> Collections.frequency(device.commands, one) <= Collections.frequency(due, one));
    }

    private void judge() {
        assertThat(devices).allMatch(device -> device.refusal().isEmpty());
        assertThat(missing()).as("acknowledged but lost").isEmpty();
        assertThat(watcher.exchanges.stream().filter(one -> one.startsWith("q2")))
                .as("arrived at QoS 2")
                .doesNotHaveDuplicates();
        devices.forEach(this::judgeCommands);
        System.out.printf(
                "%,d readings acknowledged and arrived, %,d copies at QoS 1; %,d commands heard, %,d of them twice because the"
                        + " broker began anew%n",
                acknowledged, watcher.messages.size() - watcher.distinct.size(), commanded.size(), taken() - heard());
    }
}
