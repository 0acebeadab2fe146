/* Octets from an interrupt to the program. One writer, one reader; when it is full the newest octet is lost, as on any UART. */
#pragma once
#include <stdint.h>

#define RING_SIZE 128u

static volatile uint8_t ring[RING_SIZE];
static volatile uint32_t ring_in, ring_out;

static inline void ring_put(uint8_t octet) {
    uint32_t next = (ring_in + 1) % RING_SIZE;
    if (next == ring_out) return;
    ring[ring_in] = octet;
    ring_in = next;
}

static inline int32_t ring_take(uint8_t* into, int32_t capacity) {
    int32_t taken = 0;
    while (taken < capacity && ring_out != ring_in) {
        into[taken++] = ring[ring_out];
        ring_out = (ring_out + 1) % RING_SIZE;
    }
    return taken;
}
