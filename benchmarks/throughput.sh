#!/bin/sh
# Measures clients beside Midge's as whole processes against Mosquitto (about 12 minutes on an idle machine of 2 cores) and writes the
# table into README.md. --quick takes a minute and writes nothing; --help tells how to run a part.
# Needs mosquitto, gcc and libmosquitto-dev.
set -eu
cd "$(dirname "$0")/.."
mvn -q -DskipTests -pl benchmarks -am package
case "$*" in *--quick* | *--help*) readme= ;; *) readme="--readme benchmarks/README.md" ;; esac
# shellcheck disable=SC2086 # two words or none
exec java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' midge.bench.throughput.Throughput $readme "$@"
