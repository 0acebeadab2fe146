/*
 * Division for the Cortex-M0, which has no instruction for it: a bit at a time, a seventh of the size of libgcc's. The names and registers
 * are those of ARM's run-time ABI, section 4.3.1. Dividing by zero, which Java forbids, never comes here: Java code checks.
 */
#include <stdint.h>


static inline uint64_t in_registers(uint32_t quotient, uint32_t remainder) {
    return (uint64_t) remainder << 32 | quotient;
}

__attribute__((used, noinline)) uint64_t __aeabi_uidivmod(uint32_t n, uint32_t d) {
    uint32_t quotient = 0, remainder = 0;
    for (int bit = 31; bit >= 0; bit--) {
        remainder = remainder << 1 | (n >> bit & 1);
        quotient <<= 1;
        if (remainder >= d) {
            remainder -= d;
            quotient |= 1;
        }
    }
    return in_registers(quotient, remainder);
}

__attribute__((used)) uint32_t __aeabi_uidiv(uint32_t n, uint32_t d) {
    return (uint32_t) __aeabi_uidivmod(n, d);
}

__attribute__((used, noinline)) uint64_t __aeabi_idivmod(int32_t n, int32_t d) {
    uint64_t result = __aeabi_uidivmod(n < 0 ? -(uint32_t) n : (uint32_t) n, d < 0 ? -(uint32_t) d : (uint32_t) d);
    uint32_t quotient = (uint32_t) result, remainder = (uint32_t) (result >> 32);
    return in_registers((n ^ d) < 0 ? -quotient : quotient, n < 0 ? -remainder : remainder);
}

__attribute__((used)) int32_t __aeabi_idiv(int32_t n, int32_t d) {
    return (int32_t) __aeabi_idivmod(n, d);
}

__attribute__((used)) int64_t long_division(int64_t n, int64_t d, int64_t* remainder) {
    uint64_t divisor = d < 0 ? -(uint64_t) d : (uint64_t) d, rest = 0, quotient = n < 0 ? -(uint64_t) n : (uint64_t) n;
    for (int bit = 0; bit < 64; bit++) {
        rest = rest << 1 | quotient >> 63;
        quotient <<= 1;
        if (rest >= divisor) {
            rest -= divisor;
            quotient |= 1;
        }
    }
    *remainder = n < 0 ? -rest : rest;
    return (n ^ d) < 0 ? -quotient : quotient;
}

/* The quotient goes to r0 and r1, the remainder to r2 and r3. */
__attribute__((used, naked)) void __aeabi_ldivmod(void) {
    __asm volatile(
        "push {r4, lr}\n"
        "sub sp, #16\n"
        "add r4, sp, #8\n"
        "str r4, [sp]\n"
        "bl long_division\n"
        "ldr r2, [sp, #8]\n"
        "ldr r3, [sp, #12]\n"
        "add sp, #16\n"
        "pop {r4, pc}\n");
}
