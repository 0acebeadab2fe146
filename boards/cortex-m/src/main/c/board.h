#pragma once
#include <stdint.h>

/* What a board gives. This file is the whole of a port: one C file with these functions, and a linker script with the memory. */

/* Milliseconds since reset; counted by an interrupt. */
int64_t board_millis(void);
/* Waits for an interrupt (time, UART), until this time at the latest; coming back early is harmless. */
void board_idle(int64_t until_ms);

/* Octets that the UART has taken, 0..length: never waits. */
int32_t board_uart_write(void* octets, int32_t length);
/* Octets that have come, 0..capacity: never waits. */
int32_t board_uart_read(void* into, int32_t capacity);

/* 1 lights the LED, 0 puts it out. */
void board_led(int32_t on);
/* A number that differs from board to board, such as the serial number of the chip. */
int64_t board_seed(void);

/* The program cannot go on; the text says why. A product would reset itself here. Does not return. */
void board_fault(const char* why) __attribute__((noreturn));
