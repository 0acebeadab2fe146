#!/usr/bin/env bash
# Makes a Java for one small device: jlink.sh FOLDER. It holds java.base and nothing else; midge's jars go beside it.
set -euo pipefail
[ $# -eq 1 ] || { echo "usage: jlink.sh FOLDER" >&2; exit 2; }
[ ! -e "$1" ] || { echo "jlink.sh: $1 is there already; choose another folder" >&2; exit 1; }
command -v jlink > /dev/null || { echo "jlink.sh: no jlink; on Debian: apt-get install default-jdk-headless" >&2; exit 1; }
jlink --add-modules java.base --strip-java-debug-attributes --compress=2 --no-header-files --no-man-pages --output "$1"
# What is left of symbols is most of the virtual machine.
if command -v strip > /dev/null; then find "$1/lib" -name '*.so' -exec strip -p --strip-unneeded {} +; fi
echo "$1: $(du -sm "$1" | cut -f1) MB; run: $1/bin/java -Xint -Xmx4m -XX:+UseSerialGC -cp JARS MAIN"
