#!/bin/bash
# Runs on the virtual board after init: the command that boot.sh was given; then the board ends.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
mount -t tmpfs run /run
mount -t 9p -o trans=virtio,version=9p2000.L,msize=262144 shared /mnt
# Where the kernel itself looks for what it needs.
kernel=$(cat /mnt/kernel)
mkdir -p /lib/modules
ln -sfn "$kernel/lib/modules/$(uname -r)" "/lib/modules/$(uname -r)"
modprobe virtio_net
ip link set lo up
ip link set eth0 up
ip address add 10.0.2.15/24 dev eth0
ip route add default via 10.0.2.2
cd /mnt
# shellcheck disable=SC1091 # made by boot.sh
bash /mnt/command < /dev/null
echo $? > /mnt/status.part
mv /mnt/status.part /mnt/status
sync
exec busybox poweroff -f
