#pragma once
#include <stdint.h>

/* What midge-node asks of a POSIX system. Texts end with a zero octet. */

/* Connects a UDP socket; host is a numeric IPv4 or IPv6 address. 0, or a negative number: -1 no such address, -2 no socket. */
int32_t posix_udp_open(char* host, int32_t port);
/* Octets sent; 0 when the socket has no room; -1 when the other end refused or the network is gone. */
int32_t posix_udp_send(void* frame, int32_t length);
/* Octets received, 0 when none wait, -1 as above. A longer datagram is cut. */
int32_t posix_udp_receive(void* into, int32_t capacity);

/* Monotonic milliseconds. */
int64_t posix_millis(void);
/* Some octets that nobody can foretell, for the seed. */
int64_t posix_seed(void);
/* Waits for a datagram or a signal, this many milliseconds at the most. */
void posix_wait(int32_t ms);
/* Whether SIGINT or SIGTERM has come. */
int32_t posix_asked_to_end(void);

/* The whole number in the first line of a file; INT32_MIN when there is none. */
int32_t posix_file_number(char* path);

/* One octet to standard output (1) or standard error (2), which are flushed at the end of a line. */
void posix_put(int32_t stream, int32_t octet);
void posix_exit(int32_t code);
