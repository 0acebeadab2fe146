/* Before the generated classes: what builds the message of an exception does not return, so that the compiler drops the message. */
#pragma once
#include "runtime.h"
#include "c/j/l/IllegalArgumentException.h"
#include "c/j/l/StringBuffer.h"
#include "c/o/t/r/ExceptionHandling.h"

#define NEVER_RETURNS(function) extern __typeof__(function) function __attribute__((noreturn))
NEVER_RETURNS(meth_jl_StringBuffer__init_);
NEVER_RETURNS(meth_jl_IllegalArgumentException__init_);
NEVER_RETURNS(meth_otr_ExceptionHandling_throwException);

/* What putting the program together needs of the stack is not to stay there while it runs. */
extern void MIDGE_CONSTRUCTOR(void*) __attribute__((noinline));
