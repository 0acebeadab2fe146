#!/bin/bash
# Runs on the virtual Raspberry Pi: device.sh BROKER-URI. ./midge device with the real natives of Pi4J; somebody passes the door, and when the
# pump has been switched on from outside, the device ends.
set -euo pipefail
pins=/sys/devices/platform/gpio-sim.0/gpiochip0
java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar /srv/cli/target/midge.jar device --config /srv/boards/virtual-pi/greenhouse.toml --over "$1" &
device=$!
for _ in $(seq 300); do
  echo pull-up > $pins/sim_gpio17/pull
  busybox sleep 0.4
  echo pull-down > $pins/sim_gpio17/pull
  busybox sleep 0.4
  if [ "$(cat $pins/sim_gpio27/value)" = 1 ]; then
    echo "pin 27 is high"
    kill -TERM "$device"
    wait "$device" || true
    exit 0
  fi
  kill -0 "$device"
done
echo "pin 27 stays low" >&2
exit 1
