#!/usr/bin/env bash
# Prints the folder of Debian's stock kernel, with an initramfs that boots from this machine's own files. Downloads and unpacks it
# once: the package is not installed, and nothing else of the machine changes. The folder may be cached from one run to the next.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
here=$(cd "$(dirname "$0")" && pwd)
cache=${MIDGE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/midge}/virtual-board
package=$(apt-cache depends linux-image-amd64 | sed -n 's/ *Depends: //p')
if [ -z "$package" ]; then
  echo "apt knows no package linux-image-amd64: apt-get update" >&2
  exit 1
fi
kernel=$cache/$package
if ldd "$(command -v busybox)" > /dev/null 2>&1; then
  echo "busybox needs libraries: apt-get install busybox-static" >&2
  exit 1
fi

unpack() {
  rm -rf "$kernel.part"
  mkdir -p "$kernel.part/download"
  (cd "$kernel.part/download" && apt-get download -q "$package" > ../download.log 2>&1) || { cat "$kernel.part/download.log" >&2; exit 1; }
  dpkg-deb --fsys-tarfile "$kernel.part/download/$package"*.deb |
    tar -x -C "$kernel.part" --wildcards './boot/vmlinuz-*' './lib/modules/*'
  mv "$kernel.part"/boot/vmlinuz-* "$kernel.part/vmlinuz"
  rm -r "$kernel.part/download" "$kernel.part/boot"
  local version
  version=$(ls "$kernel.part/lib/modules")
  depmod -b "$kernel.part" "$version"
  echo "$version" > "$kernel.part/version"
  mv "$kernel.part" "$kernel"
}

# Modules in the order in which they are to be inserted.
with_needed() {
  local module file
  for module in "$@"; do
    modprobe -d "$kernel" -S "$(cat "$kernel/version")" --show-depends "$module" | sed -n 's/^insmod //p'
  done | awk '!seen[$0]++'
}

initramfs() {
  local root=$kernel/initramfs number=100
  rm -rf "$root"
  mkdir -p "$root"/{bin,proc,sys,dev,host,top,root,modules}
  cp "$(command -v busybox)" "$root/bin/busybox"
  cp "$here/init" "$root/init"
  with_needed virtio_pci 9pnet_virtio 9p overlay | while read -r file; do
    number=$((number + 1))
    cp "$file" "$root/modules/$number-$(basename "$file")"
  done
  (cd "$root" && find . | busybox cpio -o -H newc 2> /dev/null) | gzip -1 > "$kernel/initramfs.gz"
}

[ -d "$kernel" ] || unpack
[ "$kernel/initramfs.gz" -nt "$here/init" ] || initramfs
echo "$kernel"
