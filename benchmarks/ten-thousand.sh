#!/bin/sh
# Plays 10,000 devices for a virtual hour twice (2 to 3 minutes on an idle machine of 2 cores) and fails when the two histories differ, an
# expectation does not hold, or virtual time is less than 20 times as fast as the clock. Arguments go to `midge sim`. On Linux.
set -eu
cd "$(dirname "$0")/.."
./midge --version >/dev/null
out=$(mktemp)
trap 'rm -f "$out"' EXIT

play() {
  ./midge sim ten-thousand --speed max "$@" >"$out" 2>/dev/null &
  while grep VmHWM "/proc/$!/status" >"$out.memory.now" 2>/dev/null; do
    mv "$out.memory.now" "$out.memory"
    sleep 1
  done
  wait $! || { cat "$out"; exit 1; }
  cat "$out"
  sed 's/VmHWM:[[:space:]]*/memory at its highest: /' "$out.memory"
  rm -f "$out.memory" "$out.memory.now"
}

hash_of_run() { sed -n 's/.*trace hash //p' "$out"; }
speed_of_run() { sed -n 's/.*, \([0-9]*\) times as fast.*/\1/p' "$out"; }

play "$@"
first=$(hash_of_run)
times=$(speed_of_run)
play "$@"
second=$(hash_of_run)
[ "$(speed_of_run)" -le "$times" ] || times=$(speed_of_run) # other programs may have slowed one of them
[ "$first" = "$second" ] || { echo "two runs of one seed differ: $first, $second" >&2; exit 1; }
[ "$times" -ge 20 ] || { echo "$times times as fast as the clock, must be 20 or more" >&2; exit 1; }
echo "one history: $first"
