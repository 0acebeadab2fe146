#include "terminal.h"
#include <stdio.h>

void terminal_put(int32_t octet) {
    putchar(octet);
}
