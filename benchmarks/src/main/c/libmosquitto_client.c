/*
 * One run of libmosquitto: libmosquitto_client publish|receive QOS PORT WARMUP MESSAGES
 *
 * Single-threaded, as its documentation recommends for a program that does nothing else: publish while fewer than 100 messages are
 * unfinished, then mosquitto_loop(). The counterpart of midge.bench.throughput.Worker; prints the same lines.
 */
#include <mosquitto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define WINDOW 100
#define TOPIC "bench/throughput"
#define PAYLOAD 64

static char payload[PAYLOAD];
static int connected, warmup, all;
static long finished, received;
static long long start_ns, end_ns;

static long long now_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void check(int code, const char *what) {
    if (code != MOSQ_ERR_SUCCESS) {
        fprintf(stderr, "%s: %s\n", what, mosquitto_strerror(code));
        exit(1);
    }
}

static void on_connect(struct mosquitto *m, void *u, int code) {
    if (code != 0) {
        fprintf(stderr, "refused: %d\n", code);
        exit(1);
    }
    connected = 1;
}

static void on_publish(struct mosquitto *m, void *u, int id) { finished++; }

static void say(const char *line) {
    puts(line);
    fflush(stdout);
}

static void on_subscribe(struct mosquitto *m, void *u, int id, int count, const int *granted) { say("ready"); }

static void on_message(struct mosquitto *m, void *u, const struct mosquitto_message *message) {
    if (message->payloadlen != PAYLOAD) exit(1);
    received++;
    if (received == warmup) say("warm");
    if (received == warmup + 1) start_ns = now_ns();
    if (received == all) end_ns = now_ns();
}

/* Until the broker has all; see Subject.publish for the end at QoS 0. */
static void publish(struct mosquitto *m, int qos, int messages) {
    long sent = 0;
    finished = 0;
    while (finished < messages) {
        while (sent < messages && sent - finished < WINDOW) {
            check(mosquitto_publish(m, NULL, TOPIC, PAYLOAD, payload, qos, false), "publish");
            sent++;
        }
        if (finished < messages && (qos > 0 || sent - finished >= WINDOW || sent == messages)) {
            check(mosquitto_loop(m, 1000, 1), "loop");
        }
    }
    if (qos == 0) {
        finished = 0;
        check(mosquitto_publish(m, NULL, TOPIC, PAYLOAD, payload, 1, false), "publish");
        while (finished == 0) check(mosquitto_loop(m, 1000, 1), "loop");
    }
}

/* ru_maxrss would count what the process was before exec, too. */
static long peak_rss_kb(void) {
    char line[128];
    long kb = 0;
    FILE *status = fopen("/proc/self/status", "r");
    while (status && fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %ld", &kb);
    if (status) fclose(status);
    return kb;
}

static long cpu_ms(struct timeval t) { return t.tv_sec * 1000L + t.tv_usec / 1000; }

int main(int argc, char **argv) {
    if (argc != 6) {
        fprintf(stderr, "usage: %s publish|receive QOS PORT WARMUP MESSAGES\n", argv[0]);
        return 2;
    }
    int qos = atoi(argv[2]), messages = atoi(argv[5]);
    warmup = atoi(argv[4]);
    all = warmup + messages;
    memset(payload, 'x', sizeof payload);
    mosquitto_lib_init();
    struct mosquitto *m = mosquitto_new("libmosquitto", true, NULL);
    mosquitto_max_inflight_messages_set(m, WINDOW);
    mosquitto_int_option(m, MOSQ_OPT_TCP_NODELAY, 1);
    mosquitto_connect_callback_set(m, on_connect);
    mosquitto_publish_callback_set(m, on_publish);
    mosquitto_subscribe_callback_set(m, on_subscribe);
    mosquitto_message_callback_set(m, on_message);
    check(mosquitto_connect(m, "127.0.0.1", atoi(argv[3]), 60), "connect");
    while (!connected) check(mosquitto_loop(m, 1000, 1), "loop");
    if (strcmp(argv[1], "publish") == 0) {
        publish(m, qos, warmup);
        start_ns = now_ns();
        publish(m, qos, messages);
        end_ns = now_ns();
    } else {
        check(mosquitto_subscribe(m, NULL, TOPIC, qos), "subscribe");
        while (received < all) check(mosquitto_loop(m, 1000, 1), "loop");
    }
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("result nanos=%lld cpuMs=%ld rssKb=%ld heap=-1 allocated=-1\n", end_ns - start_ns,
           cpu_ms(used.ru_utime) + cpu_ms(used.ru_stime), peak_rss_kb());
    fflush(stdout);
    mosquitto_disconnect(m);
    mosquitto_loop(m, 100, 1);
    return 0;
}
