/*
 * Gives a receiver under measurement its messages: feeder QOS PORT MESSAGES
 *
 * Plain blocking socket, fixed buffers, 100 messages in flight at QoS 1 and 2: as little processor time as possible, since broker and
 * receiver share the machine with it. Loopback only; no error is recovered from.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define WINDOW 100
#define TOPIC "bench/throughput"
#define PAYLOAD 64

static unsigned char out[64 * 1024], in[64 * 1024];
static int out_length, link_fd, qos, next_id = 1;

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static void flush_out(void) {
    for (int at = 0; at < out_length;) {
        int n = write(link_fd, out + at, out_length - at);
        if (n <= 0) fail("write");
        at += n;
    }
    out_length = 0;
}

static void put(const void *octets, int length) {
    if (out_length + length > (int)sizeof out) flush_out();
    memcpy(out + out_length, octets, length);
    out_length += length;
}

static void put_publish(void) {
    unsigned char packet[128];
    int topic = strlen(TOPIC), at = 0;
    packet[at++] = 0x30 | qos << 1;
    packet[at++] = 2 + topic + (qos > 0 ? 2 : 0) + PAYLOAD;
    packet[at++] = 0;
    packet[at++] = topic;
    memcpy(packet + at, TOPIC, topic);
    at += topic;
    if (qos > 0) {
        packet[at++] = next_id >> 8;
        packet[at++] = next_id;
        next_id = next_id == 65535 ? 1 : next_id + 1;
    }
    memset(packet + at, 'x', PAYLOAD);
    put(packet, at + PAYLOAD);
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: %s QOS PORT MESSAGES\n", argv[0]);
        return 2;
    }
    qos = atoi(argv[1]);
    int messages = atoi(argv[3]), sent = 0, finished = 0, have = 0, one = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[2]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    link_fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(link_fd, (struct sockaddr *)&address, sizeof address) != 0) fail("connect");
    setsockopt(link_fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    put("\x10\x12\0\4MQTT\4\2\0\0\0\6feeder", 20);
    flush_out();
    for (int n = 0; n < 4;) {
        int got = read(link_fd, in, 4 - n);
        if (got <= 0) fail("CONNACK");
        n += got;
    }
    while (finished < messages) {
        while (sent < messages && (qos == 0 || sent - finished < WINDOW)) {
            put_publish();
            sent++;
        }
        flush_out();
        if (qos == 0) break;
        int got = read(link_fd, in + have, sizeof in - have);
        if (got <= 0) fail("read");
        have += got;
        int at = 0;
        for (; have - at >= 4; at += 4) {
            if (in[at] == 0x50) {
                unsigned char pubrel[] = {0x62, 2, in[at + 2], in[at + 3]};
                put(pubrel, 4);
            } else {
                finished++;
            }
        }
        memmove(in, in + at, have -= at);
    }
    put("\xE0\0", 2);
    flush_out();
    while (read(link_fd, in, sizeof in) > 0) {
    }
    return 0;
}
