#!/usr/bin/env bash
# Question: does `midge pub -l -q 1` deliver every line, and how fast beside `mosquitto_pub -l`?
# usage: benchmarks/pub-lines.sh [LINES, default 2000000]      needs mosquitto and mosquitto-clients
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin

lines=${1:-2000000}
port=${PORT:-18839}
folder=$(mktemp -d)
mosquitto=
finish() {
  [ -z "$mosquitto" ] || kill "$mosquitto" 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT

cat >"$folder/mosquitto.conf" <<EOF
listener $port 127.0.0.1
allow_anonymous true
persistence false
max_queued_messages 0
log_type error
EOF
mosquitto -c "$folder/mosquitto.conf" &
mosquitto=$!
sleep 1

now() { date +%s%N; }

# Publishes FILE by COMMAND, and counts at an independent subscriber.
run() {
  local name=$1 file=$2 count begin end seen watcher
  shift 2
  count=$(wc -l <"$file")
  mosquitto_sub -p "$port" -t "lines/$name" -q 1 -C "$count" >"$folder/seen" &
  watcher=$!
  sleep 1
  begin=$(now)
  status=0
  "$@" -p "$port" -t "lines/$name" -q 1 -l <"$file" || status=$?
  end=$(now)
  for _ in $(seq 100); do kill -0 "$watcher" 2>/dev/null || break; sleep 0.1; done
  kill "$watcher" 2>/dev/null || true
  wait "$watcher" 2>/dev/null || true
  seen=$(wc -l <"$folder/seen")
  echo "$name: exit $status, $count lines in $(((end - begin) / 1000000)) ms, $((count * 1000000000 / (end - begin)))/s," \
    "seen $seen, $(cmp -s "$file" "$folder/seen" && echo "the same octets" || echo "NOT the same octets")"
}

seq -f 'line %.0f of the input' "$lines" >"$folder/many"
head -n 60000 "$folder/many" >"$folder/some"
./midge --version >/dev/null # builds what is missing
run midge "$folder/many" ./midge pub
for _ in 1 2 3; do
  run midge "$folder/some" ./midge pub
  run mosquitto_pub "$folder/some" mosquitto_pub
done
run mosquitto_pub "$folder/many" mosquitto_pub
