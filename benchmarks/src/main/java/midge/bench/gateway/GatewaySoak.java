package midge.bench.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import midge.bench.throughput.Broker;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Question: does {@code ./midge gateway} keep its memory constant while clients come and go for an hour? */
@Command(name = "gateway-soak.sh", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class GatewaySoak implements Callable<Integer> {
    private static final int SAMPLES = 12;

    @Option(names = "--seconds", description = "how long", defaultValue = "3600")
    private int seconds;

    @Option(names = "--clients", description = "that come and go", defaultValue = "2000")
    private int clients;

    @Option(names = "--rate", description = "connects, publishes and so on in a second", defaultValue = "500")
    private int rate;

    @Option(names = "--seed", defaultValue = "1")
    private long seed;

    @Option(
            names = "--growth",
            description = "KiB by which the highest live heap may grow from the first half to the second",
            defaultValue = "4096")
    private long growthKiB;

    @Option(names = "--gateway", split = " ", description = "further options of ./midge gateway, in one word")
    private List<String> gatewayOptions = List.of();

    private GatewaySoak() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new GatewaySoak()).execute(arguments));
    }

    /** @return 1 when a message got lost or memory grew */
    @Override
    public Integer call() throws Exception {
        try (Broker broker = new Broker(Files.createTempDirectory("gateway-soak"), 0);
                GatewayProcess gateway = new GatewayProcess(broker.port(), false, gatewayOptions);
                Soak soak = new Soak(
                        gateway.address(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port()),
                        clients,
                        rate,
                        seed)) {
            long[] heap = new long[SAMPLES];
            Soak.Counts counts = null;
            for (int i = 0; i < SAMPLES; i++) {
                counts = soak.run(seconds * 1000L / SAMPLES);
                heap[i] = gateway.liveHeap();
                System.out.printf(
                        "%,d s: live heap %,d KiB, resident %,d KiB, %s%n",
                        seconds * (i + 1) / SAMPLES,
                        heap[i] / 1024,
                        new ProcessMeter(gateway.pid()).residentKiB(),
                        counts);
            }
            long before = Arrays.stream(heap, 0, SAMPLES / 2).max().orElseThrow();
            long after = Arrays.stream(heap, SAMPLES / 2, SAMPLES).max().orElseThrow();
            long grown = (after - before) / 1024;
            System.out.printf("the highest live heap grew by %,d KiB in the second half%n", grown);
            return counts.missing() == 0 && counts.failures() == 0 && grown <= growthKiB ? 0 : 1;
        }
    }
}
