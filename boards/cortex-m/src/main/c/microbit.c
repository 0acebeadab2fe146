/* BBC micro:bit: nRF51822, Cortex-M0 at 16 MHz. Register numbers: nRF51 Series Reference Manual 3.0. */
#include "start.h"
#include "ring.h"
#include "cortex.h"

#define UART(offset) REGISTER(0x40002000 + (offset))
#define TIMER0(offset) REGISTER(0x40008000 + (offset))
#define GPIO(offset) REGISTER(0x50000000 + (offset))
#define UART_IRQ 2
#define TIMER0_IRQ 8
#define TX_PIN 24
#define RX_PIN 25
/* The LED in the corner lights while its row is high and its column low. */
#define ROW_1 13
#define COLUMN_1 4

static void on_timer(void) {
    TIMER0(0x140) = 0;
    milliseconds++;
}

static void on_uart(void) {
    while (UART(0x108) != 0) {
        UART(0x108) = 0;
        ring_put((uint8_t) UART(0x518));
    }
}

static void start_uart(void) {
    UART(0x50C) = TX_PIN;
    UART(0x514) = RX_PIN;
    UART(0x524) = 0x01D7E000; /* 115,200 baud */
    UART(0x500) = 4;
    UART(0x000) = 1;
    UART(0x008) = 1;
    UART(0x304) = 1u << 2; /* interrupt when an octet has come */
}

/* The chip has no SysTick: a timer at 1 MHz that begins anew every 1,000. */
static void start_clock(void) {
    TIMER0(0x508) = 3;
    TIMER0(0x510) = 4;
    TIMER0(0x540) = 1000;
    TIMER0(0x200) = 1;
    TIMER0(0x304) = 1u << 16;
    TIMER0(0x000) = 1;
}

void board_start(void) {
    GPIO(0x518) = 1u << ROW_1 | 1u << COLUMN_1 | 1u << TX_PIN;
    GPIO(0x50C) = 1u << ROW_1 | 1u << COLUMN_1;
    start_uart();
    start_clock();
    NVIC_ENABLE = 1u << UART_IRQ | 1u << TIMER0_IRQ;
}

int32_t board_uart_write(void* octets, int32_t length) {
    for (int32_t i = 0; i < length; i++) {
        UART(0x11C) = 0;
        UART(0x51C) = ((uint8_t*) octets)[i];
        while (UART(0x11C) == 0) {}
    }
    return length;
}

int32_t board_uart_read(void* into, int32_t capacity) {
    return ring_take(into, capacity);
}

void board_led(int32_t on) {
    GPIO(on ? 0x508 : 0x50C) = 1u << ROW_1;
}

/* The chip's own number, in its FICR. */
int64_t board_seed(void) {
    return (int64_t) REGISTER(0x10000064) << 32 | REGISTER(0x10000060);
}

__attribute__((section(".vectors"), used)) void* const vectors[16 + 32] = {
    [0] = &stack_top,
    [1] = start_reset,
    [2] = start_hard_fault,
    [3] = start_hard_fault,
    [16 + UART_IRQ] = on_uart,
    [16 + TIMER0_IRQ] = on_timer,
};
