#!/usr/bin/env bash
# Starts a virtual Raspberry Pi 4 and runs a program on it, as root: pi.sh SHARED-FOLDER PROGRAM ARGUMENT…
# /mnt on it is SHARED-FOLDER, /srv the folder of the project, 10.0.2.2 this machine. Prints what the program prints and ends with its exit code.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
shared=$(cd "$1" && pwd)
shift
root=$("$here/root.sh")
kernel=$("$here/kernel.sh")
printf '%q ' "$@" > "$shared/command"
rm -f "$shared/status"
machine=(-M virt -cpu cortex-a72 -smp 2 -m 1024 -nodefaults -netdev user,id=net -device virtio-net-pci,netdev=net,romfile=
  -virtfs "local,path=$root,mount_tag=host,security_model=none,readonly=on"
  -virtfs "local,path=$here/../..,mount_tag=project,security_model=none,readonly=on"
  -virtfs "local,path=$shared,mount_tag=shared,security_model=none")
# QEMU's own description of the machine, with the name by which programs know a Raspberry Pi.
qemu-system-aarch64 "${machine[@]}" -machine "dumpdtb=$shared/pi.dtb" > /dev/null 2>&1
fdtput -t s "$shared/pi.dtb" / model "Raspberry Pi 4 Model B Rev 1.4"
setpriv --pdeathsig TERM qemu-system-aarch64 "${machine[@]}" -nographic -no-reboot -serial stdio -dtb "$shared/pi.dtb" -kernel "$kernel" \
  -append "console=ttyAMA0 quiet panic=-1 root=host rootfstype=9p rootflags=trans=virtio,version=9p2000.L,msize=262144,cache=loose ro init=/init" \
  < /dev/null
[ -e "$shared/status" ] || { echo "the virtual Raspberry Pi stopped before its program did" >&2; exit 1; }
exit "$(cat "$shared/status")"
