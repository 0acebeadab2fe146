#!/usr/bin/env bash
# Shows that a device runs on the virtual Raspberry Pi 4: check.sh. The broker is Mosquitto, on this machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
PATH=$PATH:/usr/sbin
port=${MIDGE_PORT:-18830}
shared=$(mktemp -d)
jobs=()
trap 'kill "${jobs[@]}" 2> /dev/null || true; rm -r "$shared"' EXIT
printf 'listener %s 127.0.0.1\nallow_anonymous true\n' "$port" > "$shared/mosquitto.conf"
mosquitto -c "$shared/mosquitto.conf" 2> "$shared/mosquitto.log" &
jobs+=($!)
until mosquitto_pub -p "$port" -t started -n 2> /dev/null; do sleep 0.2; done
stdbuf -oL mosquitto_sub -p "$port" -v -t 'midge/#' > "$shared/heard" &
jobs+=($!)
# Once a reading of each kind has come, the pump is switched on.
wanted=("midge/pi/air/temperature 25.08" "midge/pi/air/pressure 100653" "midge/pi/soil/temperature 25.00" "midge/pi/soil/humidity 50.00"
  "midge/pi/light/voltage 1.882" "midge/pi/door/motion 1" "midge/pi/door/motion 0")
missing() {
  local each
  for each in "${wanted[@]}"; do
    if ! grep -q "^$each" "$shared/heard"; then echo "$each"; fi
  done
}
(
  while [ -n "$(missing)" ]; do sleep 0.2; done
  mosquitto_pub -p "$port" -q 1 -t midge/pi/pump/set -m on
) &
jobs+=($!)
status=0
timeout "${MIDGE_PATIENCE_S:-240}" "$here/pi.sh" "$shared" /srv/boards/virtual-pi/device.sh "mqtt://10.0.2.2:$port" || status=$?
wanted+=("midge/pi/pump 1" "midge/pi/status offline")
sort -u "$shared/heard"
if [ "$status" -ne 0 ] || [ -n "$(missing)" ]; then
  echo "FAILED: exit code $status, not heard: $(missing | tr '\n' ',')"
  exit 1
fi
echo "good: a device with Pi4J's own natives on arm64"
