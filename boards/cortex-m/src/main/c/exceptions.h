/* In place of TeaVM's file of this name: whatever Java would throw ends in board_fault. */
#pragma once
#include "core.h"

#define TEAVM_UNREACHABLE __builtin_unreachable();

extern void teavm_throwNullPointerException() __attribute__((noreturn));
extern void teavm_throwArrayIndexOutOfBoundsException() __attribute__((noreturn));

/* MIDGE_NULL_CHECKS is 1 in the exercise; the client image leaves them out to fit its budget. */
static inline void* teavm_nullCheck(void* object) {
    if (MIDGE_NULL_CHECKS && object == NULL) teavm_throwNullPointerException();
    return object;
}

static inline int32_t teavm_checkBounds(int32_t index, void* array) {
    if ((uint32_t) index >= (uint32_t) TEAVM_ARRAY_LENGTH(array)) teavm_throwArrayIndexOutOfBoundsException();
    return index;
}

static inline int32_t teavm_checkLowerBound(int32_t index) {
    if (index < 0) teavm_throwArrayIndexOutOfBoundsException();
    return index;
}

static inline int32_t teavm_checkUpperBound(int32_t index, void* array) {
    if (index >= TEAVM_ARRAY_LENGTH(array)) teavm_throwArrayIndexOutOfBoundsException();
    return index;
}
