#!/bin/sh
# Runs every codec benchmark (about 7 minutes on an idle machine of 2 cores) and writes the tables into README.md.
# Fails when one of Midge's allocates.
set -eu
cd "$(dirname "$0")/.."
mvn -q -DskipTests -pl benchmarks -am package
exec java -cp benchmarks/target/benchmarks.jar midge.bench.codec.CodecReport benchmarks/README.md
