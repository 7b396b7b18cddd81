#!/usr/bin/env bash
# Two S3 regions on this machine, with real servers and real replication, for trying tfguard out without an AWS account.
#
#   samples/sandbox.sh start DIR    primary region http://127.0.0.1:8333, DR region http://127.0.0.1:8433
#   samples/sandbox.sh stop DIR
#
# Each region is a SeaweedFS cluster of its own; `weed filer.sync` replicates all buckets from the first to the second,
# keeping version ids as AWS does. Other first ports: TFGUARD_SANDBOX_PRIMARY_PORT, TFGUARD_SANDBOX_DR_PORT.
# Keys: AKIATFGUARDLOCAL / tfguardlocalsecret (all rights), AKIATFGUARDREAD / tfguardreadsecret (read only).
# Replication lag drill: kill -STOP $(cat DIR/sync.pid), later kill -CONT. Region outage: kill $(cat DIR/primary.pid).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/support/prerequisites.sh"

verb=${1:-}; dir=${2:-}
[ -n "$dir" ] || { sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 64; }

stop() {
  local name pid
  for name in sync dr primary; do
    [ -e "$dir/$name.pid" ] || continue
    pid=$(cat "$dir/$name.pid")
    kill -CONT "$pid" 2>/dev/null || true
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "$pid" 2>/dev/null || true
    rm -f "$dir/$name.pid"
  done
}

answers() { # URL LOG
  for _ in $(seq 600); do
    "$python" -c 'import sys, urllib.request; urllib.request.urlopen(sys.argv[1], timeout=1)' "$1" 2>/dev/null && return 0
    sleep 0.1
  done
  echo "No answer from $1; the end of $2:" >&2
  tail -5 "$2" >&2
  return 1
}

start() {
  mkdir -p "$dir"; chmod 700 "$dir"; dir=$(cd "$dir" && pwd)
  [ ! -e "$dir/primary.pid" ] || { echo "A sandbox already runs in $dir: samples/sandbox.sh stop $dir" >&2; exit 1; }
  local venv=${TFGUARD_TEST_VENV:-$here/../.build/test-servers/venv}
  need_servers "$venv"
  local weed=$venv/bin/weed; python=$venv/bin/python
  local primary=${TFGUARD_SANDBOX_PRIMARY_PORT:-8333} dr=${TFGUARD_SANDBOX_DR_PORT:-8433}
  # Every other port of a cluster lies at a fixed distance from its S3 port, so that two sandboxes can run side by side.
  ports() { echo "-s3.port=$1 -master.port=$(($1 + 1000)) -volume.port=$(($1 + 1007)) -filer.port=$(($1 + 555)) -admin.port=$(($1 + 15313))"; }
  cat >"$dir/identities.json" <<'JSON'
{"identities": [
  {"name": "admin", "credentials": [{"accessKey": "AKIATFGUARDLOCAL", "secretKey": "tfguardlocalsecret"}], "actions": ["Admin", "Read", "Write", "List", "Tagging"]},
  {"name": "reader", "credentials": [{"accessKey": "AKIATFGUARDREAD", "secretKey": "tfguardreadsecret"}], "actions": ["Read", "List"]}]}
JSON
  local common="-ip=127.0.0.1 -ip.bind=127.0.0.1 -s3.config=$dir/identities.json -webdav=false -admin.ui=false -s3.port.iceberg=0 -s3.port.lance=0"
  trap stop ERR
  for region in primary dr; do
    mkdir -p "$dir/$region"
    # shellcheck disable=SC2086 # the options are words
    "$weed" -logtostderr=true mini -dir="$dir/$region" $common $(ports "${!region}") >"$dir/$region.log" 2>&1 &
    echo $! >"$dir/$region.pid"
  done
  answers "http://127.0.0.1:$primary/healthz" "$dir/primary.log"
  answers "http://127.0.0.1:$dr/healthz" "$dir/dr.log"
  "$weed" -logtostderr=true filer.sync -a=127.0.0.1:$((primary + 555)) -b=127.0.0.1:$((dr + 555)) -a.path=/buckets -b.path=/buckets -isActivePassive >"$dir/sync.log" 2>&1 &
  echo $! >"$dir/sync.pid"
  say "primary region http://127.0.0.1:$primary   DR region http://127.0.0.1:$dr   logs in $dir"
}

case "$verb" in
  start) start ;;
  stop) stop ;;
  *) echo "start or stop, not '$verb'" >&2; exit 64 ;;
esac
