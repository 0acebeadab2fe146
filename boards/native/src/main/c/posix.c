#define _GNU_SOURCE
#include "posix.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int udp = -1;
static volatile sig_atomic_t asked_to_end;

static void on_signal(int signal) {
    asked_to_end = 1;
}

int32_t posix_udp_open(char* host, int32_t port) {
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    struct sockaddr* address = (struct sockaddr*) &v4;
    socklen_t length = sizeof v4;
    if (inet_pton(AF_INET, host, &v4.sin_addr) != 1) {
        if (inet_pton(AF_INET6, host, &v6.sin6_addr) != 1) return -1;
        address = (struct sockaddr*) &v6;
        length = sizeof v6;
    }
    udp = socket(address->sa_family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (udp < 0 || connect(udp, address, length) < 0) return -2;
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return 0;
}

static int32_t result(ssize_t moved) {
    if (moved >= 0) return (int32_t) moved;
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR || errno == ENOBUFS ? 0 : -1;
}

int32_t posix_udp_send(void* frame, int32_t length) {
    return result(send(udp, frame, length, 0));
}

int32_t posix_udp_receive(void* into, int32_t capacity) {
    return result(recv(udp, into, capacity, 0));
}

int64_t posix_millis(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

int64_t posix_seed(void) {
    int64_t seed = 0;
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != sizeof seed) seed = posix_millis() ^ getpid();
    return seed;
}

/* A signal between the question and the wait would be slept over: both are open only inside ppoll. */
void posix_wait(int32_t ms) {
    sigset_t ends, before;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, &before);
    if (!asked_to_end) {
        struct pollfd watched = {.fd = udp, .events = POLLIN};
        struct timespec limit = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
        ppoll(&watched, 1, &limit, &before);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
}

int32_t posix_asked_to_end(void) {
    return asked_to_end;
}

int32_t posix_file_number(char* path) {
    char line[32];
    FILE* file = fopen(path, "re");
    if (file == NULL) return INT32_MIN;
    char* read = fgets(line, sizeof line, file);
    fclose(file);
    if (read == NULL) return INT32_MIN;
    char* end;
    errno = 0;
    long number = strtol(line, &end, 10);
    if (end == line || (*end != '\n' && *end != 0) || errno != 0 || number <= INT32_MIN || number > INT32_MAX) return INT32_MIN;
    return (int32_t) number;
}

void posix_put(int32_t stream, int32_t octet) {
    FILE* file = stream == 2 ? stderr : stdout;
    putc(octet, file);
    if (octet == '\n') fflush(file);
}

void posix_exit(int32_t code) {
    exit(code);
}
