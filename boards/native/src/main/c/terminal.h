#pragma once
#include <stdint.h>

/* Writes one octet where a person or a test reads it. */
void terminal_put(int32_t octet);
