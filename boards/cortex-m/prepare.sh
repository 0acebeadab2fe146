# Sourced by build.sh: makes of the C that TeaVM writes what goes into 16 kB of RAM. See docs/firmware.md for the idea of it.
# shellcheck source=../native/patch.sh
. "$(dirname "${BASH_SOURCE[0]}")/../native/patch.sh"

# cut_block FILE FIRST LAST: removes the lines from the one that matches FIRST to the next that matches LAST.
cut_block() {
  local file=$1 first=$2 last=$3
  if [ "$(grep -cE -- "$first" "$file")" != 1 ]; then
    echo "TeaVM has changed: expected exactly once in $file: $first" >&2
    exit 1
  fi
  sed -i -E "/$first/,/$last/d" "$file"
}

# Fields of ours that nothing in this program writes read as zero: what hangs on an option that the program does not use (a sleep task,
# the search for gateways) is then dropped by the C compiler.
forget_unwritten_fields() {
  local c=$1 field='cls_m[A-Za-z_0-9]+, fld_[A-Za-z_0-9]+'
  grep -rhoE "$field\) [-+|&^*/<>]*= " "$c/c/m" | sed 's/).*//' | sort -u > "$c/written.txt"
  grep -rhoE "$field\)" "$c/c/m" | sed 's/).*//' | sort -u | comm -13 "$c/written.txt" - |
    sed -E 's/.*/s\/TEAVM_FIELD\\((teavm_this_|teavm_local_[0-9]+), &\\)\/0\/g/' > "$c/unwritten.sed"
  find "$c/c/m" -name '*.c' -exec sed -i -E -f "$c/unwritten.sed" {} +
}

# prepare FROM TO OURS: copies the generated C and changes the copy.
prepare() {
  local c=$2 ours=$3
  rm -rf "$c"
  cp -r "$1" "$c"
  cp "$ours/stack.h" "$ours/exceptions.h" "$ours/uchar.h" "$c"

  # No collector, so nobody has to know that a reference was written.
  cut_block "$c/core.h" '^inline static void teavm_gc_writeBarrier' '^\}'
  echo '#define teavm_gc_writeBarrier(object) ((void) 0)' >> "$c/core.h"

  # Of a class there stays what allocation and virtual calls need.
  local field
  for field in 'TeaVM_Object\* classObject;' 'struct TeaVM_Class\* next;' 'int32_t tag;' 'int32_t modifiers;' \
    'int32_t \(\*isSupertypeOf\).*;' 'struct TeaVM_Class\* superclass;' 'void\* enumValues;' 'void\* layout;' \
    'struct TeaVM_Services\* services;' 'struct TeaVM_Class\* arrayType;'; do
    patch_once "$c/core.h" "^ +$field\$" ''
  done
  cut_block "$c/core.h" '^inline static int32_t teavm_enumConstantCount' '^\}'
  cut_block "$c/core.h" '^inline static void\* teavm_enumConstant\(' '^\}'
  cut_block "$c/core.h" '^static inline int32_t teavm_isSupertypeOf' '^\}'

  # Of the generated files there stay our own classes, Object, Runtime (the exercise asks it for free memory) and the primitive
  # types; runtime.c is the rest. A class that needs more of
  # Java than that does not link.
  {
    echo '#include "prologue.h"'
    grep -E '^#include "(c/m/.*|[ap]/.*|c/j/l/(Object|Runtime)|strings)\.c"$' "$c/all.c"
    echo '#include "runtime.c"'
  } > "$c/program.c"
  local classes=("$c/c/m" "$c/c/j/l/Object.c")
  [ ! -e "$c/c/j/l/Runtime.c" ] || classes+=("$c/c/j/l/Runtime.c")
  find "${classes[@]}" "$c/a" "$c/p" -name '*.c' -exec sed -i -E \
    -e '/^int32_t supertypeof_/,/^\}/d' \
    -e '/^ +\.(tag|modifiers|superclass|layout|enumValues|isSupertypeOf|arrayType) = /d' {} +

  forget_unwritten_fields "$c"

  # Classes whose initialiser notes that it has run; all others go to flash.
  grep -rhB2 'cls->flags |= INT32_C(1);' "${classes[@]}" | grep -oE '[A-Za-z_0-9]+_Cls\b' | sort -u |
    sed 's/.*/*(.data.& .data.&.*)/' > "$c/classes.ld"
}
