/* newlib 3.3 has no uchar.h. */
#pragma once
#include <stdint.h>
typedef uint_least16_t char16_t;
typedef uint_least32_t char32_t;
