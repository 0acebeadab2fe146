#!/usr/bin/env bash
# Boots a virtual board and runs a program on it, as root: boot.sh SHARED-FOLDER PROGRAM ARGUMENT…
# The board sees all files of this machine; what it writes is lost, but for /mnt, which is SHARED-FOLDER. Prints what the program
# prints and ends with its exit code. From the board, this machine is 10.0.2.2.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
shared=$(cd "$1" && pwd)
shift
kernel=$("$here/kernel.sh")
printf '%q ' "$@" > "$shared/command"
printf '%s\n' "$kernel" > "$shared/kernel"
rm -f "$shared/status"
# Without the machine it was started from, the board ends too.
setpriv --pdeathsig TERM qemu-system-x86_64 -M q35 -cpu max -smp 2 -m 1024 -nographic -no-reboot -nodefaults -serial stdio \
  -kernel "$kernel/vmlinuz" -initrd "$kernel/initramfs.gz" \
  -append "console=ttyS0 quiet mitigations=off nokaslr random.trust_cpu=on panic=-1 net.ifnames=0 guest=$here/guest.sh" \
  -virtfs local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap \
  -virtfs local,path="$shared",mount_tag=shared,security_model=none \
  -netdev user,id=net -device virtio-net-pci,netdev=net,romfile= < /dev/null
[ -e "$shared/status" ] || { echo "the virtual board stopped before its program did" >&2; exit 1; }
exit "$(cat "$shared/status")"
