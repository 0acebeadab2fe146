/*
 * In place of TeaVM's file of this name. The device modules allocate only while the program is put together, so there is no garbage to
 * collect and no need to know which local variables are references; and they catch nothing, so no call has to be known by number.
 */
#pragma once
#include <stdint.h>
#include "definitions.h"
#include "string.h"

#define TEAVM_ALLOC_STACK(size) ((void) 0)
#define TEAVM_RELEASE_STACK ((void) 0)
#define TEAVM_GC_ROOT(index, object) ((void) (object))
#define TEAVM_GC_ROOT_RELEASE(index) ((void) 0)
#define TEAVM_CALL_SITE(id) ((void) 0)
#define TEAVM_WITH_CALL_SITE_ID(id, expression) (expression)
