#!/bin/bash
# Runs on the virtual board: sensors.sh MIDGE-JAR BROKER-URI. Reads a BMP280 twice, by Midge's own driver and by the kernel's, and sends what
# both say with MQTT-SN from one 802.15.4 radio to another, behind which is the gateway.
set -euo pipefail
jar=$1
broker=$2
here=$(cd "$(dirname "$0")" && pwd)
midge() { java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -jar "$jar" "$@"; }

# Two chips with the same registers, one for each driver: a chip that the kernel drives is nobody else's.
modprobe i2c-dev
modprobe i2c-stub chip_addr=0x76,0x77
adapter=$(dirname "$(grep -l 'SMBus stub' /sys/class/i2c-dev/*/name)")
bus=${adapter##*-}
for chip in 0x76 0x77; do
  # Calibration and one measurement of the example in the data sheet, BST-BMP280-DS001 section 3.12.
  busybox i2cset -y "$bus" "$chip" 0xd0 0x58
  busybox i2cset -y "$bus" "$chip" 0x88 0x70 0x6b 0x43 0x67 0x18 0xfc 0x7d 0x8e 0x43 0xd6 0xd0 0x0b \
    0x27 0x0b 0x8c 0x00 0xf9 0xff 0x8c 0x3c 0xf8 0xc6 0x70 0x17 i
  busybox i2cset -y "$bus" "$chip" 0xf7 0x65 0x5a 0xc0 0x7e 0xed 0x00 i
done
modprobe bmp280-i2c
echo bmp280 0x77 > "/sys/bus/i2c/devices/i2c-$bus/new_device"

# Two radios in reach of each other; the second one in a network namespace that has nothing else.
modprobe mac802154_hwsim
modprobe ieee802154_6lowpan
modprobe nhc_udp
ip netns add device
iwpan phy phy1 set netns name device
radio() { # NETNS-PREFIX WPAN LOWPAN ADDRESS
  local within=$1
  $within iwpan dev "$2" set pan_id 0xbeef
  $within ip link add link "$2" name "$3" type lowpan
  $within ip link set "$2" up
  $within ip link set "$3" up
  $within ip address add "$4/64" dev "$3" nodad
}
radio "" wpan0 lowpan0 fd00::1
radio "ip netns exec device" wpan1 lowpan1 fd00::2

midge gateway --broker "$broker" --listen 'udp://[fd00::1]:1884' > /mnt/gateway.log 2>&1 &
gateway=$!
until grep -q 'MQTT-SN on' /mnt/gateway.log; do
  kill -0 "$gateway" || { cat /mnt/gateway.log; exit 1; }
  sleep 0.2
done
sed "s/BUS/$bus/" "$here/sensors.toml" > /mnt/device.toml
ip netns exec device java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "$jar" \
  device --config /mnt/device.toml --over 'udp://[fd00::1]:1884' --once --verbose
kill "$gateway"
echo "the gateway's radio has received $(cat /sys/class/net/wpan0/statistics/rx_packets) frames"
