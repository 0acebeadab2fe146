# Sourced by the build scripts: the changes to the C that TeaVM writes. A TeaVM that writes something else must be looked at, so each
# change names the text that it expects and ends the build when it is not there exactly once.

# Lines of FILE that hold BEFORE, which is an extended regular expression, get AFTER in its place.
patch_once() {
  local file=$1 before=$2 after=$3
  if [ "$(grep -cE -- "$before" "$file")" != 1 ]; then
    echo "TeaVM has changed: expected exactly once in $file: $before" >&2
    echo "Look at what it writes now and at docs/firmware.md before you change the patch." >&2
    exit 1
  fi
  sed -i -E "s/$before/$after/" "$file"
}

# Its files would bring the password database of glibc into a static program that opens no file through java.io.
# TeaVM packs class pointers without their lowest three bits, and keeps the classes of arrays that it makes at run time in one pool, whose
# elements are aligned to four octets on 32-bit machines: a packed pointer then means another class. Every second one, when the size of
# a class is no multiple of eight, so that aligning the pool alone is not enough.
# And the pool is made for every class that might have arrays: a few hundred times what these programs use.
patch_teavm() {
  patch_once "$1/all.c" '^#include "file\.c"$' ''
  patch_once "$1/c/j/l/Object.h" '^\} jl_Object_VT;$' '} __attribute__((aligned(8))) jl_Object_VT;'
  patch_once "$1/arrayclass.c" '^static TEAVM_OBJECT_CLASS teavm_dynamicClassPool' 'static alignas(8) TEAVM_OBJECT_CLASS teavm_dynamicClassPool'
  patch_once "$1/arrayclass_gen.h" '^#define TEAVM_DYNAMIC_CLASS_POOL_CAPACITY [0-9]+$' '#define TEAVM_DYNAMIC_CLASS_POOL_CAPACITY 16'
}
