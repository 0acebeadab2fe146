#!/bin/sh
# Loads ./midge gateway, beside a Mosquitto, with many simulated MQTT-SN clients and prints what it moves and costs (6 minutes on an idle
# machine of 2 cores). --help tells how to run a part. MIDGE_JAVA_OPTS goes to the gateway's JVM. Needs mosquitto, on Linux.
set -eu
cd "$(dirname "$0")/.."
mvn -q -DskipTests -pl benchmarks,cli -am package
# A socket for each client here, one for each of the gateway's connections there, as many at the broker.
ulimit -n "$(ulimit -Hn)"
./midge --version >/dev/null
exec java -XX:+UseSerialGC -Xmx512m -cp 'benchmarks/target/classes:benchmarks/target/lib/*' midge.bench.gateway.GatewayLoad "$@"
