#!/bin/sh
# Guards the scanner: instructions per input byte, counted by callgrind, against the committed figures.
# Counts repeat exactly on one machine with one compiler, so that 3 % more is a finding there. Another compiler or C library
# makes other code: then only 10 % more is one, and this says so.
#   samples/benchmarks/state-scan-instructions.sh            compare; exit 1 when a figure grew by more than the tolerance
#   samples/benchmarks/state-scan-instructions.sh --record   write the figures of this machine
# Without valgrind nothing is measured, and this says so and exits 0.
set -eu
cd "$(dirname "$0")/../.."
figures=samples/benchmarks/state-scan-instructions.txt
if ! command -v valgrind >/dev/null 2>&1; then
    echo "SKIPPED: valgrind is not installed (apt install valgrind); the scanner's instruction counts were NOT checked" >&2
    exit 0
fi
if [ "$(uname -m)" != x86_64 ]; then
    echo "SKIPPED: the committed figures are for x86_64, this is $(uname -m); NOT checked" >&2
    exit 0
fi
toolchain="$(swift --version 2>/dev/null | sed -n 's/.*\(Swift version [0-9.]*\).*/\1/p'), $(ldd --version | sed -n '1s/.* \([0-9.]*\)$/glibc \1/p'), $(valgrind --version)"
tolerance=3
if [ "${1:-}" != --record ] && ! grep -qxF "# $toolchain" "$figures"; then
    tolerance=10
    echo "The committed figures are of another toolchain than $toolchain: tolerance $tolerance %"
fi
# A build folder of its own: the focussed package has no dependencies, and must not take those of the whole one away.
build="env TFGUARD_FOCUS=StateScan swift build -c release --scratch-path .build/state-scan --product StateScan"
mkdir -p .build
$build >.build/state-scan.log 2>&1 || { cat .build/state-scan.log >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# valgrind 3.19 stops at Swift's DWARF 5.
strip -o "$work/StateScan" "$($build --show-bin-path)/StateScan"

# Instructions of a whole run that does one operation once on 2 MB.
count() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$work/StateScan" --megabytes 2 --repeat 1 --only "$1" >"$work/log" 2>&1 || {
        echo "$1 failed under valgrind:" >&2
        tail -20 "$work/log" >&2
        exit 1
    }
    sed -n 's/.*Collected : *\([0-9]*\).*/\1/p' "$work/log"
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
        if [ $((hundredths * 100)) -gt $((old * (100 + tolerance))) ]; then
            verdict="$verdict: MORE THAN $tolerance % ABOVE"
            failed=1
        fi
    fi
    echo "$operation: $hundredths hundredths of an instruction per byte ($verdict)"
done
if [ "${1:-}" = --record ]; then
    {
        echo "# hundredths of an instruction per input byte; made by samples/benchmarks/state-scan-instructions.sh --record"
        echo "# $toolchain"
        cat "$work/figures"
    } >"$figures"
    exit 0
fi
[ "$failed" = 0 ] || echo "The scanner needs more instructions than it did. If that is meant: $0 --record" >&2
exit "$failed"
