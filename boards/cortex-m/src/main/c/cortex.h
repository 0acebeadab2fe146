/* What all Cortex-M have in common. */
#pragma once
#include <stdint.h>

#define REGISTER(address) (*(volatile uint32_t*) (address))
#define NVIC_ENABLE REGISTER(0xE000E100)
#define AIRCR REGISTER(0xE000ED0C)
#define AIRCR_RESET 0x05FA0004u

static volatile uint32_t milliseconds;
static uint32_t last_milliseconds, wraps;

/* 49 days of 32 bits, made 64 by whoever asks more often than that. */
int64_t board_millis(void) {
    uint32_t now = milliseconds;
    if (now < last_milliseconds) wraps++;
    last_milliseconds = now;
    return (int64_t) wraps << 32 | now;
}

/* Every interrupt ends it, the clock's after a millisecond at the latest. */
void board_idle(int64_t until_ms) {
    __asm volatile("cpsid i");
    if (ring_in == ring_out && board_millis() < until_ms) __asm volatile("wfi");
    __asm volatile("cpsie i");
}

#ifndef MIDGE_SEMIHOSTING
void board_fault(const char* why) {
    (void) why;
    AIRCR = AIRCR_RESET;
    for (;;) {}
}

void board_end(void) {
    board_fault("main returned");
}
#endif
