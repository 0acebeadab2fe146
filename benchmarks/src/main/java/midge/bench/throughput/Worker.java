package midge.bench.throughput;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One run of one Java client in a process of its own: {@code Worker CLIENT publish|receive QOS PORT WARMUP MESSAGES}. */
final class Worker {
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Load load;
    private final int warmUp;
    private final int messages;
    private long nanos;
    private long allocatedBefore;
    private long allocated;

    private Worker(int qos, int warmUp, int messages) {
        load = new Load(qos);
        this.warmUp = warmUp;
        this.messages = messages;
    }

    public static void main(String[] a) throws Exception {
        Worker worker = new Worker(Integer.parseInt(a[2]), Integer.parseInt(a[4]), Integer.parseInt(a[5]));
        try (Subject subject = subject(a[0])) {
            subject.connect(Integer.parseInt(a[3]));
            if (a[1].equals("publish")) {
                worker.publish(subject);
            } else {
                worker.receive(subject);
            }
            worker.report();
        }
        System.exit(0);
    }

    private static Subject subject(String name) {
        return switch (name) {
            case "midge" -> new MidgeSubject();
            case "hivemq" -> new HiveMqSubject();
            case "paho" -> new PahoSubject();
            case "vertx" -> new VertxSubject();
            default -> throw new IllegalArgumentException("no client " + name);
        };
    }

    private void publish(Subject subject) throws Exception {
        subject.publish(load, warmUp);
        allocatedBefore = allocatedSoFar();
        long startNs = System.nanoTime();
        subject.publish(load, messages);
        nanos = System.nanoTime() - startNs;
        allocated = allocatedSoFar() - allocatedBefore;
    }

    private void receive(Subject subject) throws Exception {
        Runnable warm = () -> System.out.println("warm");
        Meter meter = new Meter(warmUp, messages, warm, () -> allocatedBefore = allocatedSoFar());
        subject.subscribe(load, meter);
        System.out.println("ready");
        subject.receive(meter);
        allocated = allocatedSoFar() - allocatedBefore;
        nanos = meter.nanos();
    }

    /** Of all threads that live; pools of threads do not shrink meanwhile. */
    private long allocatedSoFar() {
        long sum = 0;
        for (long octets : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, octets);
        }
        return sum;
    }

    private void report() throws Exception {
        List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans();
        System.gc();
        long heap = 0;
        for (MemoryPoolMXBean pool : pools) {
            MemoryUsage left = pool.getType() == MemoryType.HEAP ? pool.getCollectionUsage() : null;
            heap += left == null ? 0 : left.getUsed();
        }
        System.out.println("result nanos=" + nanos + " cpuMs=" + cpuMs() + " rssKb=" + rssKb() + " heap=" + heap
                + " allocated=" + allocated);
    }

    /** User and system time of the whole process so far; Linux counts hundredths of a second. */
    private static long cpuMs() throws Exception {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return 10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
    }

    private static long rssKb() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        return 0;
    }
}
