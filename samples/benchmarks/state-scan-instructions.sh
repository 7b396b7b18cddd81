#!/bin/sh
# Guards the scanner: instructions per input byte, counted by callgrind, against the committed figures.
# Instruction counts repeat exactly on one machine with one compiler; the tolerance is for other compilers and libraries.
#   samples/benchmarks/state-scan-instructions.sh            compare; exit 1 when a figure grew by more than the tolerance
#   samples/benchmarks/state-scan-instructions.sh --record   write the figures of this machine
# Without valgrind nothing is measured, and this says so and exits 0.
set -eu
cd "$(dirname "$0")/../.."
figures=samples/benchmarks/state-scan-instructions.txt
tolerance=10
if ! command -v valgrind >/dev/null 2>&1; then
    echo "SKIPPED: valgrind is not installed (apt install valgrind); the scanner's instruction counts were NOT checked" >&2
    exit 0
fi
if [ "$(uname -m)" != x86_64 ]; then
    echo "SKIPPED: the committed figures are for x86_64, this is $(uname -m); NOT checked" >&2
    exit 0
fi
TFGUARD_FOCUS=StateScan swift build -c release --product StateScan >&2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# valgrind 3.19 stops at Swift's DWARF 5.
strip -o "$work/StateScan" "$(TFGUARD_FOCUS=StateScan swift build -c release --show-bin-path)/StateScan"

# Instructions of a whole run that does one operation once on 2 MB.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$work/StateScan" --megabytes 2 --repeat 1 --only "$1" 2>&1 |
        sed -n 's/.*Collected : *\([0-9]*\).*/\1/p'
}

base=$(count nothing)
parsed=$(count parse)
failed=0
: >"$work/figures"
for operation in parse walk pieces canonical; do
    total=$(count "$operation")
    case $operation in
    parse) own=$((total - base)) ;;
    *) own=$((total - parsed)) ;; # these parse first
    esac
    hundredths=$((own / 20000)) # per byte of 2 000 000, in hundredths
    echo "$operation $hundredths" >>"$work/figures"
    old=$(sed -n "s/^$operation //p" "$figures" 2>/dev/null || true)
    verdict="no committed figure"
    if [ -n "$old" ]; then
        verdict="committed $old"
        if [ "$hundredths" -gt $((old + old * tolerance / 100)) ]; then
            verdict="$verdict: MORE THAN $tolerance % ABOVE"
            failed=1
        fi
    fi
    echo "$operation: $hundredths hundredths of an instruction per byte ($verdict)"
done
if [ "${1:-}" = --record ]; then
    { echo "# hundredths of an instruction per input byte; made by samples/benchmarks/state-scan-instructions.sh --record"; cat "$work/figures"; } >"$figures"
    exit 0
fi
exit $failed
