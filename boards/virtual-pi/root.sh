#!/usr/bin/env bash
# Makes the file system of the virtual Raspberry Pi of Debian's packages for arm64, once, and prints where it is: a Java and a shell. They are
# unpacked and not installed; nothing of this machine changes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cache=${MIDGE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/midge}/virtual-pi
root=$cache/root
if [ ! -e "$root/complete" ]; then
  mkdir -p "$cache"/apt/{lists,archives}/partial
  : > "$cache/apt/status"
  apt() {
    apt-get -q -o Dir::State="$cache/apt" -o Dir::State::status="$cache/apt/status" -o Dir::Cache="$cache/apt" \
      -o APT::Architecture=arm64 -o APT::Architectures::=arm64 "$@" >&2
  }
  apt update
  apt install -y --download-only --no-install-recommends openjdk-17-jre-headless busybox-static bash dash coreutils sed grep
  rm -rf "$root"
  mkdir -p "$root"
  for package in "$cache"/apt/archives/*.deb; do
    dpkg-deb --fsys-tarfile "$package" | tar -x -C "$root" --keep-directory-symlink
  done
  mkdir -p "$root/mnt" "$root/srv"
  touch "$root/complete"
fi
cp "$here/init" "$root/init"
echo "$root"
