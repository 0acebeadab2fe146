#!/usr/bin/env bash
# Makes programs of the C that TeaVM has written: build.sh TARGET-FOLDER. Each goes to TARGET-FOLDER/<machine>/<program>.
set -euo pipefail
target=$1
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=patch.sh
. "$here/patch.sh"

# Without a compiler its programs are left out, and the tests that want them skip; on CI that is an error.
have() {
  command -v "$1" >/dev/null && return
  echo "SKIPPED $1 is missing: apt-get install $2"
  [ "${CI:-}" != true ] || exit 1
  return 1
}

# compile COMPILER MACHINE PROGRAM C-FILES...
compile() {
  local compiler=$1 machine=$2 program=$3 c=$target/c/$3
  shift 3
  mkdir -p "$target/$machine"
  "$compiler" -Os -static -std=gnu11 -w -ffunction-sections -fdata-sections -Wl,--gc-sections -s \
    -I "$here/src/main/c" "$c/all.c" "${@/#/$here/src/main/c/}" -lm -o "$target/$machine/$program"
  echo "$machine/$program: $(stat -c %s "$target/$machine/$program") octets"
}

# Everything is made anew, or one would patch what was patched.
rm -rf "$target/c"
mkdir -p "$target/c"
for program in exercise midge-node; do
  cp -r "$target/teavm/$program" "$target/c/$program"
  patch_teavm "$target/c/$program"
done

machines=()
if have gcc gcc; then machines+=("gcc $(uname -m)"); fi
if have arm-linux-gnueabihf-gcc gcc-arm-linux-gnueabihf; then machines+=("arm-linux-gnueabihf-gcc arm"); fi
for machine in "${machines[@]}"; do
  # shellcheck disable=SC2086 # compiler and name
  compile $machine exercise terminal.c
  # shellcheck disable=SC2086
  compile $machine midge-node posix.c
done
