/* Stellaris LM3S6965 evaluation board: Cortex-M3. Register numbers: LM3S6965 data sheet; its UART is a PL011. */
#include "start.h"
#include "ring.h"
#include "cortex.h"

#define SYSTEM(offset) REGISTER(0x400FE000 + (offset))
#define UART0(offset) REGISTER(0x4000C000 + (offset))
#define PORT_A(offset) REGISTER(0x40004000 + (offset))
#define PORT_F(offset) REGISTER(0x40025000 + (offset))
#define SYSTICK(offset) REGISTER(0xE000E010 + (offset))
#define UART0_IRQ 5
/* As the clock runs after reset in the emulator; a real board sets RCC first. */
#define CLOCK_HZ 12500000u
#define LED_BIT 1u

static void on_tick(void) {
    milliseconds++;
}

static void on_uart(void) {
    UART0(0x44) = 0x50;
    while ((UART0(0x18) & 0x10) == 0) ring_put((uint8_t) UART0(0x00));
}

static void start_uart(void) {
    PORT_A(0x420) |= 3; /* pins 0 and 1 are the UART's */
    PORT_A(0x51C) |= 3;
    UART0(0x24) = CLOCK_HZ / (16 * 115200);
    UART0(0x28) = (CLOCK_HZ % (16 * 115200)) * 64 / (16 * 115200);
    UART0(0x2C) = 0x70; /* 8 bits, FIFOs */
    UART0(0x38) = 0x50; /* interrupts: octets have come, or came and then stopped */
    UART0(0x30) = 0x301;
}

void board_start(void) {
    SYSTEM(0x104) |= 1;
    SYSTEM(0x108) |= 1u << 0 | 1u << 5;
    PORT_F(0x400) |= LED_BIT;
    PORT_F(0x51C) |= LED_BIT;
    start_uart();
    SYSTICK(4) = CLOCK_HZ / 1000 - 1;
    SYSTICK(0) = 7;
    NVIC_ENABLE = 1u << UART0_IRQ;
}

int32_t board_uart_write(void* octets, int32_t length) {
    for (int32_t i = 0; i < length; i++) {
        while ((UART0(0x18) & 0x20) != 0) {}
        UART0(0x00) = ((uint8_t*) octets)[i];
    }
    return length;
}

int32_t board_uart_read(void* into, int32_t capacity) {
    return ring_take(into, capacity);
}

void board_led(int32_t on) {
    PORT_F(LED_BIT << 2) = on ? LED_BIT : 0;
}

/* The chip has no number of its own; the network's would be one. */
int64_t board_seed(void) {
    return 6965;
}

__attribute__((section(".vectors"), used)) void* const vectors[16 + 8] = {
    [0] = &stack_top,
    [1] = start_reset,
    [2] = start_hard_fault,
    [3] = start_hard_fault,
    [15] = on_tick,
    [16 + UART0_IRQ] = on_uart,
};
