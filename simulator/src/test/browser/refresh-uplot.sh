#!/usr/bin/env bash
# Fetches the page's chart library anew from npm: refresh.sh [VERSION]
set -euo pipefail
here=$(cd "$(dirname "$0")/../../main/resources/midge/sim/live/page/vendor" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "uplot@${1:-1.6.32}"
tar xzf uplot-*.tgz
cp package/dist/uPlot.iife.min.js package/dist/uPlot.min.css "$here"
cp package/LICENSE "$here/uPlot.LICENSE.txt"
