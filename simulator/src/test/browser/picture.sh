#!/usr/bin/env bash
# Makes the last run's picture of the live page (PageInBrowserTest) the picture of the README.
set -euo pipefail
cd "$(dirname "$0")/../../../.."
picture=simulator/target/browser/pictures/readme.png
[ "$(stat -c %s "$picture")" -lt 200000 ] || { echo "$picture is too large for a README" >&2; exit 1; }
mkdir -p docs/images
cp "$picture" docs/images/live-page.png
