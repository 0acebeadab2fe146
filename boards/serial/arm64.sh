#!/usr/bin/env bash
# Prints the folder of Debian's arm64 Java with the libraries that it needs, as qemu-aarch64-static -L wants it. Downloads and unpacks it once
# (46 MB): nothing is installed, and apt learns of no other architecture. The folder may be cached from one run to the next.
set -euo pipefail
folder=${MIDGE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/midge}/arm64

unpack() {
  local part=$folder.part package
  rm -rf "$part"
  mkdir -p "$part"/apt/{lists/partial,archives/partial} "$part"/root
  touch "$part/apt/status"
  cd "$part/apt"
  local apt=(apt-get -q -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Sandbox::User=root
    -o "Dir::State=$part/apt" -o "Dir::State::status=$part/apt/status" -o "Dir::Cache=$part/apt")
  "${apt[@]}" update || true # a source without arm64 is no harm
  "${apt[@]}" download openjdk-17-jre-headless libc6 zlib1g libstdc++6 libgcc-s1
  for package in *.deb; do dpkg-deb -x "$package" "$part/root"; done
  mv "$part/root" "$folder"
  rm -rf "$part"
}

if [ ! -d "$folder" ]; then
  log=$(mktemp)
  (unpack) > "$log" 2>&1 || { cat "$log" >&2; exit 1; }
  rm "$log"
fi
echo "$folder"
