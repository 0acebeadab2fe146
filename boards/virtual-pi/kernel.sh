#!/usr/bin/env bash
# Builds the kernel of the virtual Raspberry Pi of Debian's source, once, and prints where it is. Nothing is installed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${MIDGE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/midge}/virtual-pi
kernel=$cache/Image
if [ "$kernel" -nt "$here/simbus.c" ] && [ "$kernel" -nt "$here/kernel.sh" ]; then
  echo "$kernel"
  exit
fi
mkdir -p "$cache"
cd "$cache"
if [ ! -d source ]; then
  apt-get download -q linux-source-6.1 >&2
  dpkg-deb --fsys-tarfile linux-source-6.1_*.deb | tar -xO ./usr/src/linux-source-6.1.tar.xz | tar -xJ
  rm linux-source-6.1_*.deb
  mv linux-source-6.1 source
  echo 'obj-y += simbus.o' >> source/drivers/i2c/busses/Makefile
fi
cp "$here/simbus.c" source/drivers/i2c/busses/
cd source
make() { command make ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- "$@" >&2; }
make -s allnoconfig
options=()
for option in SMP MULTIUSER PRINTK FUTEX EPOLL SIGNALFD TIMERFD EVENTFD SHMEM AIO MEMBARRIER RSEQ POSIX_TIMERS HIGH_RES_TIMERS NO_HZ_IDLE \
  ADVISE_SYSCALLS SYSVIPC BINFMT_ELF BINFMT_SCRIPT TTY UNIX98_PTYS PROC_FS PROC_SYSCTL SYSFS TMPFS DEVTMPFS CONFIGFS_FS DEBUG_FS \
  INOTIFY_USER FILE_LOCKING BLK_DEV_INITRD RD_GZIP PCI PCI_HOST_GENERIC VIRTIO_MENU VIRTIO_PCI NETWORK_FILESYSTEMS NET_9P \
  NET_9P_VIRTIO 9P_FS OVERLAY_FS NET UNIX INET NETDEVICES NET_CORE VIRTIO_NET RTC_CLASS RTC_DRV_PL031 SERIAL_AMBA_PL011 \
  SERIAL_AMBA_PL011_CONSOLE GPIOLIB GPIO_CDEV GPIO_CDEV_V1 GPIO_SIM I2C I2C_CHARDEV SPI SPI_MASTER SPI_SPIDEV; do
  options+=(-e "$option")
done
scripts/config "${options[@]}"
make -s olddefconfig
make -s -j"$(nproc)" Image
cp arch/arm64/boot/Image "$kernel"
echo "$kernel"
