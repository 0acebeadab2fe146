#!/usr/bin/env bash
# Makes firmware of the C that TeaVM has written: build.sh TARGET-FOLDER. Images and sizes.txt go to TARGET-FOLDER.
set -euo pipefail
target=$1
here=$(cd "$(dirname "$0")" && pwd)
ours=$here/src/main/c
# shellcheck source=prepare.sh
. "$here/prepare.sh"

# The client image on the Cortex-M0 must not take more. The depth of the stack is measured by the tests.
FLASH_MOST=$((32 * 1024))
RAM_MOST=$((13 * 1024))

if ! command -v arm-none-eabi-gcc > /dev/null; then
  echo "SKIPPED arm-none-eabi-gcc is missing: apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi"
  [ "${CI:-}" != true ] || exit 1
  exit 0
fi

# image NAME CPU BOARD PROGRAM HEAP OPTIONS...: prints "NAME FLASH STATIC-RAM HEAP" to sizes.txt.
image() {
  local name=$1 cpu=$2 board=$3 program=$4 heap=$5 c=$target/c/$4
  shift 5
  local main
  main=$(grep -ohE 'meth_[a-z]+_[A-Za-z]+_main\b' "$c/main.c" "$c"/c/o/t/r/Fiber*.c | sort -u)
  [ "$(wc -w <<< "$main")" = 1 ] || { echo "TeaVM has changed: no single main: $main" >&2; exit 1; }
  # Link-time optimisation would lose functions that only compiled code calls.
  local division=()
  if [ "$cpu" = cortex-m0 ]; then
    arm-none-eabi-gcc "-mcpu=$cpu" -mthumb -Os -ffunction-sections -c "$ours/division.c" -o "$target/division.o"
    division=("$target/division.o")
  fi
  arm-none-eabi-gcc "-mcpu=$cpu" -mthumb -Os -flto=1 -std=gnu11 -w -ffunction-sections -fdata-sections -fno-tree-loop-distribute-patterns \
    -fno-move-loop-invariants \
    "-DMIDGE_HEAP=$heap" "-DMIDGE_MAIN=$main" "-DMIDGE_CONSTRUCTOR=${main%_main}__init_" "$@" -iquote "$c" -I "$here/../native/src/main/c" -idirafter "$ours" \
    -nostartfiles -Wl,--gc-sections -Wl,--no-warn-rwx-segments -L "$c" -L "$here/src/main/ld" -T "$here/src/main/ld/$board.ld" \
    "$c/program.c" "$ours/start.c" "$ours/$board.c" "${division[@]}" -o "$target/$name.elf"
  local text data bss
  read -r text data bss _ < <(arm-none-eabi-size "$target/$name.elf" | tail -n 1)
  echo "$name $((text + data)) $((data + bss)) $heap" | tee -a "$target/sizes.txt"
}

mkdir -p "$target/c"
: > "$target/sizes.txt"
prepare "$target/teavm/firmware" "$target/c/firmware" "$ours"
prepare "$here/../native/target/teavm/exercise" "$target/c/exercise" "$ours"

for board in "microbit cortex-m0" "lm3s6965 cortex-m3"; do
  read -r name cpu <<< "$board"
  image "firmware-$name" "$cpu" "$name" firmware 8192 -DMIDGE_NULL_CHECKS=0
  image "exercise-$name" "$cpu" "$name" exercise 11264 -DMIDGE_NULL_CHECKS=1 -DMIDGE_SEMIHOSTING "$ours/semihosting.c"
done

read -r _ flash ram _ < <(grep '^firmware-microbit ' "$target/sizes.txt")
if [ "$flash" -gt "$FLASH_MOST" ] || [ "$ram" -gt "$RAM_MOST" ]; then
  echo "The client image is over its budget: flash $flash of $FLASH_MOST, static RAM $ram of $RAM_MOST octets" >&2
  exit 1
fi
