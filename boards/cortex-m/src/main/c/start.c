/* From reset to Java: memory is made ready, the rest of the RAM is painted so that the depth of the stack can be read off later. */
#include "start.h"
#include <stddef.h>

#define PAINT 0x5AFE57ACu

extern uint32_t data_start, data_end, data_stored, bss_start, bss_end, stack_top;

static void paint(void) {
    uint32_t* end = (uint32_t*) __builtin_frame_address(0) - 16;
    for (uint32_t* at = &bss_end; at < end; at++) *at = PAINT;
}

uint32_t start_stack_used(void) {
    uint32_t* at = &bss_end;
    while (*at == PAINT) at++;
    return (char*) &stack_top - (char*) at;
}

void start_reset(void) {
    const uint32_t* stored = &data_stored;
    for (uint32_t* at = &data_start; at < &data_end; at++) *at = *stored++;
    for (uint32_t* at = &bss_start; at < &bss_end; at++) *at = 0;
    paint();
    board_start();
    java_main();
    board_end();
}

void start_hard_fault(void) {
    board_fault("hard fault");
}
