#!/bin/bash
# Runs on the virtual board: ble.sh MIDGE-JAR CLASSES. Two virtual Bluetooth controllers: bluetoothctl is a UART module at one, which sends
# back what it gets; the link ble:// is at the other.
set -euo pipefail
jar=$1
classes=$2
name=midge-uart
uuid() { echo "0000$1-0000-1000-8000-00805f9b34fb"; }
patiently() {
  for _ in $(seq 200); do
    if "$@" > /dev/null 2>&1; then return; fi
    sleep 0.2
  done
  echo "in vain: $*" >&2
  tail -n 20 /mnt/*.log >&2
  exit 1
}

modprobe hci_vhci
mkdir -p /run/dbus /var/lib/bluetooth
dbus-daemon --system
/usr/libexec/bluetooth/bluetoothd > /mnt/bluetoothd.log 2>&1 &
adapter() {
  dbus-send --system --print-reply --dest=org.bluez "/org/bluez/$1" org.freedesktop.DBus.Properties.Get \
    string:org.bluez.Adapter1 string:Address
}
both() { adapter hci0 && adapter hci1; }
# The kernel gives a controller two seconds to answer and no second chance; on a busy machine that may be too short.
controllers() {
  local emulator
  btvirt -L -l2 > /mnt/btvirt.log 2>&1 &
  emulator=$!
  for _ in $(seq 25); do
    if both; then return; fi
    sleep 0.2
  done
  kill "$emulator"
  return 1
}
patiently controllers
module=$(adapter hci1 | sed -n 's/.*string "\(.*\)"/\1/p')

# A characteristic of bluetoothctl never takes more than its first value has.
value=$(printf '0x00 %.0s' $(seq 244))
mkfifo /run/say
bluetoothctl < /run/say > /mnt/module.log 2>&1 &
exec 3> /run/say
say() { printf '%s\n' "$1" >&3; sleep 0.3; }
said() { patiently grep -q "$1" /mnt/module.log; }
said "Agent registered"
say "select $module"
say "power on"
said "Changing power on succeeded"
say "system-alias $name"
say "menu gatt"
say "register-service $(uuid ffe0)"
say yes
say "register-characteristic $(uuid ffe1) read,write,notify"
say "$value"
say "register-application"
said "Application registered"
say back
say "menu advertise"
say "name $name"
say "uuids $(uuid ffe0)"
say back
say "advertise on"
said "Advertising object registered"

# A discovery in vain is weather, here too.
for _ in 1 2 3; do
  if java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$classes:$jar" midge.board.ble.BleEcho "ble://$name?adapter=hci0"; then exit; fi
  say "advertise off"
  say "advertise on"
done
exit 1
