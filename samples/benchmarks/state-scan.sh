#!/bin/sh
# How fast states are read: CPU time, throughput and memory, at 10 and 100 MB.
#   samples/benchmarks/state-scan.sh [STATE]      a state file of yours instead of the made-up ones
set -eu
cd "$(dirname "$0")/../.."
TFGUARD_FOCUS=StateScan swift build -c release --product StateScan >&2
scan=$(TFGUARD_FOCUS=StateScan swift build -c release --show-bin-path)/StateScan
if [ $# -gt 0 ]; then
    "$scan" --file "$1"
    exit
fi
for size in 10 100; do
    echo "== $size MB, first parse of a fresh process (memory is meaningful here)"
    "$scan" --megabytes $size --only parse --repeat 1
    echo "== $size MB, best of 7"
    "$scan" --megabytes $size
done
