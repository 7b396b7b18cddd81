#!/usr/bin/env bash
# The whole test suite: installs what is missing, builds, tests module by module, counts the scanner's instructions where
# valgrind is installed, and follows the links of the documentation. `Tests/run.sh --filter NAME` passes its arguments on to
# `swift test`.
#
# Integration tests start real servers (SeaweedFS, ministack, moto) on loopback by themselves. Conformance tests read the
# published cases of the AWS SDKs from the folder named by TFGUARD_SHARED (default ../shared) and say so when it is absent.
set -euo pipefail
cd "$(dirname "$0")/.."
. samples/support/prerequisites.sh

need_build_tools
export TFGUARD_TEST_VENV=${TFGUARD_TEST_VENV:-$PWD/.build/test-servers/venv}
need_servers "$TFGUARD_TEST_VENV" || echo "The test servers could not be installed: the integration tests will be skipped." >&2
export TFGUARD_SHARED=${TFGUARD_SHARED:-$PWD/../shared}
[ -d "$TFGUARD_SHARED" ] || echo "No published test cases at $TFGUARD_SHARED: the conformance tests will be skipped." >&2

swift build --build-tests
if [ $# -gt 0 ]; then
  exec swift test --skip-build "$@"
fi

# One process for each module: within one, all tests share two or so threads, and those that wait for a server or for
# Terraform would hold up those that measure how soon a cancelled transfer ends.
failed=()
for folder in Tests/*Tests; do
  module=$(basename "$folder")
  say "$module"
  swift test --skip-build --filter "^$module\\." || failed+=("$module")
done
say "Instructions of the scanner"
samples/benchmarks/state-scan-instructions.sh || failed+=("samples/benchmarks/state-scan-instructions.sh")
say "Links of the documentation"
Tests/documentation.sh || failed+=("Tests/documentation.sh")
if [ "${#failed[@]}" -gt 0 ]; then
  echo "Failed: ${failed[*]}" >&2
  exit 1
fi
echo "All modules passed."
