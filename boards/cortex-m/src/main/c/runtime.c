/*
 * Java's runtime for programs that allocate only while they are put together: memory is handed out and never taken back, and what Java
 * would throw is a fault. It stands for TeaVM's collector, exceptions, strings and System, of which nothing is linked.
 */
#include "prologue.h"
#include "arrayclass.h"
#include "board.h"
#include "c/j/l/Object.h"
#include "c/j/l/String.h"
#include <stdarg.h>
#include <stddef.h>

static uint64_t heap[MIDGE_HEAP / 8];
static uint32_t used;

/* Classes are packed as addresses. */
char* teavm_beforeClasses = 0;

static void* take(uint32_t octets) {
    uint32_t rounded = (octets + 7) & ~7u;
    if (rounded > sizeof heap - used) board_fault("heap full");
    void* taken = (char*) heap + used;
    used += rounded;
    return taken;
}

void* meth_otr_Allocator_allocate(void* class) {
    TeaVM_Class* cls = class;
    TeaVM_Object* object = take(cls->size);
    object->header = TEAVM_PACK_CLASS(cls);
    return object;
}

static int32_t element_size(TeaVM_Class* array) {
    return teavm_primitiveKind(array->itemType) ? array->itemType->size : (int32_t) sizeof(void*);
}

static uint32_t data_offset(int32_t element) {
    return (sizeof(TeaVM_Array) + element - 1) / element * element;
}

void* meth_otr_Allocator_allocateArray(void* class, int32_t length) {
    if (length < 0) board_fault("array length");
    int32_t element = element_size(class);
    TeaVM_Array* array = take(data_offset(element) + element * length);
    array->parent.header = TEAVM_PACK_CLASS(class);
    array->size = length;
    return array;
}

/* Packed like every class, so aligned to eight. Nobody asks an array of objects for its class, so all share one. */
static alignas(8) TeaVM_Class object_array = {.itemType = (TeaVM_Class*) &jl_Object_Cls};

TeaVM_Class* teavm_getArrayClass(TeaVM_Class* item) {
    if (teavm_primitiveKind(item)) board_fault("array class"); /* generated code names these itself */
    return &object_array;
}

void meth_jl_System_arraycopy(void* from, int32_t from_at, void* to, int32_t to_at, int32_t length) {
    if (from == NULL || to == NULL) teavm_throwNullPointerException();
    if ((from_at | to_at | length) < 0 || length > TEAVM_ARRAY_LENGTH(from) - from_at || length > TEAVM_ARRAY_LENGTH(to) - to_at) {
        teavm_throwArrayIndexOutOfBoundsException();
    }
    int32_t element = element_size(TEAVM_CLASS_OF(from));
    uint32_t data = data_offset(element);
    memmove((char*) to + data + to_at * element, (char*) from + data + from_at * element, length * element);
}

/* The same for arrays of one type. */
void meth_jl_System_fastArraycopy(void* from, int32_t from_at, void* to, int32_t to_at, int32_t length) {
    meth_jl_System_arraycopy(from, from_at, to, to_at, length);
}

int32_t meth_jl_String_length(void* string) {
    return TEAVM_ARRAY_LENGTH(((TeaVM_String*) string)->characters);
}

int32_t meth_jl_String_charAt(void* string, int32_t index) {
    TeaVM_Array* characters = ((TeaVM_String*) string)->characters;
    return TEAVM_ARRAY_AT(characters, char16_t, teavm_checkBounds(index, characters));
}

int32_t meth_otr_GC_getFreeMemory(void) {
    return sizeof heap - used;
}

#define FILL(name, type, passed)                                                     \
    void* name(void* array, ...) {                                                   \
        type* element = TEAVM_ARRAY_DATA(array, type);                               \
        va_list values;                                                              \
        va_start(values, array);                                                     \
        for (int32_t i = 0; i < TEAVM_ARRAY_LENGTH(array); i++) {                    \
            element[i] = (type) va_arg(values, passed);                              \
        }                                                                            \
        va_end(values);                                                              \
        return array;                                                                \
    }

FILL(teavm_fillByteArray, int8_t, int)
FILL(teavm_fillIntArray, int32_t, int)
FILL(teavm_fillLongArray, int64_t, int64_t)

void teavm_throwNullPointerException() {
    board_fault("null");
}

void teavm_throwArrayIndexOutOfBoundsException() {
    board_fault("index out of bounds");
}

/* The linker script gives this address to all else that would throw. */
void java_fault(void) {
    board_fault("exception");
}

extern void MIDGE_MAIN(TeaVM_Array*);

void java_main(void) {
    MIDGE_MAIN(NULL);
}

uint32_t java_heap_used(void) {
    return used;
}

/* The compiler's own memory functions and divisions, for size; newlib's and libgcc's are for speed. */
void* memset(void* to, int octet, size_t length) {
    for (char* at = to; length > 0; length--) *at++ = octet;
    return to;
}

void* memmove(void* to, const void* from, size_t length) {
    char* out = to;
    const char* in = from;
    if (out < in) {
        while (length-- > 0) *out++ = *in++;
    } else {
        while (length-- > 0) out[length] = in[length];
    }
    return to;
}

void* memcpy(void* to, const void* from, size_t length) {
    return memmove(to, from, length);
}
