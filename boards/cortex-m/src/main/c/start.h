#pragma once
#include "board.h"
#include <stdint.h>

/* The first two entries of a vector table, and the handler of hard faults. */
extern uint32_t stack_top;
void start_reset(void);
void start_hard_fault(void);
/* Octets of stack that have been used at the deepest. */
uint32_t start_stack_used(void);

/* runtime.c: runs the program's main; octets of the Java heap in use. */
void java_main(void);
uint32_t java_heap_used(void);

/* Of the board: switches on clock, UART and LED; what to do when main returns. */
void board_start(void);
void board_end(void);
