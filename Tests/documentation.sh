#!/usr/bin/env bash
# Converts every DocC catalog with the toolchain's own docc, and fails when a link in it or in a documentation comment of its
# module leads nowhere. Needs a finished `swift build`. Without docc nothing is checked, and this says so and exits 0.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v docc >/dev/null; then
  echo "SKIPPED: the toolchain has no docc; the links of the documentation were NOT checked" >&2
  exit 0
fi
build=$(swift build --show-bin-path)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
maps=()
for map in "$build"/*.build/module.modulemap Sources/*/module.modulemap Sources/*/include/module.modulemap .build/checkouts/*/Sources/*/include/module.modulemap; do
  # What the build's own programs use is built a second time, under another name.
  [[ ! -e $map || $map == *-tool.build/* ]] || maps+=(-Xcc "-fmodule-map-file=$map")
done
broken=0
for catalog in Sources/*/*.docc; do
  module=$(basename "$catalog" .docc)
  mkdir "$work/$module"
  swift symbolgraph-extract -module-name "$module" -I "$build/Modules" -target "$(uname -m)-unknown-linux-gnu" -minimum-access-level public \
    -output-dir "$work/$module" "${maps[@]}" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  docc convert "$catalog" --additional-symbol-graph-dir "$work/$module" --output-dir "$work/$module.out" \
    --fallback-display-name "$module" --fallback-bundle-identifier "tfguard.$module" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
  if grep -E "warning: .*(doesn't exist|No external resolver|is ambiguous|could not be found)" -A 2 "$work/log" >&2; then broken=1; fi
  echo "$module: $(find "$work/$module.out/data" -name '*.json' | wc -l) pages"
done
[ "$broken" = 0 ] || { echo "Links of the documentation lead nowhere: see above. Symbols of other modules stand in single backticks." >&2; exit 1; }
