#!/bin/sh
# Lets clients come, publish, move and go at ./midge gateway, beside a Mosquitto, for an hour or --seconds N, and fails when an acknowledged
# message did not come or the gateway's memory grew. --help tells the rest. Needs mosquitto and jcmd, on Linux.
set -eu
cd "$(dirname "$0")/.."
mvn -q -DskipTests -pl benchmarks,cli -am package
ulimit -n "$(ulimit -Hn)"
./midge --version >/dev/null
exec java -XX:+UseSerialGC -Xmx256m -cp 'benchmarks/target/classes:benchmarks/target/lib/*' midge.bench.gateway.GatewaySoak "$@"
