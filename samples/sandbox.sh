#!/usr/bin/env bash
# Two S3 regions on this machine, with real servers and real replication, for trying tfguard out without an AWS account.
#
#   samples/sandbox.sh start DIR    primary region http://127.0.0.1:8333, DR region http://127.0.0.1:8433
#   samples/sandbox.sh stop DIR
#   samples/sandbox.sh fail DIR               the primary region goes down, as by a power cut
#   samples/sandbox.sh return DIR             it comes back with what it had; replication stays off
#   samples/sandbox.sh replication DIR on|off
#
# Each region is a SeaweedFS cluster of its own; `weed filer.sync` replicates all buckets from the first to the second,
# keeping version ids as AWS does. Other first ports: TFGUARD_SANDBOX_PRIMARY_PORT, TFGUARD_SANDBOX_DR_PORT.
# Keys: AKIATFGUARDLOCAL / tfguardlocalsecret (all rights), AKIATFGUARDREAD / tfguardreadsecret (read only).
# Replication lag drill: kill -STOP $(cat DIR/sync.pid), later kill -CONT.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/support/prerequisites.sh"

verb=${1:-}; dir=${2:-}
[ -n "$dir" ] || { sed -n '2,14s/^# \{0,1\}//p' "$0"; exit 64; }

end() { # NAME [SIGNAL]
  local pid
  [ -e "$dir/$1.pid" ] || return 0
  pid=$(cat "$dir/$1.pid")
  kill -CONT "$pid" 2>/dev/null || true
  kill "-${2:-TERM}" "$pid" 2>/dev/null || true
  for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  kill -KILL "$pid" 2>/dev/null || true
  rm -f "$dir/$1.pid"
}

stop() {
  local name
  for name in sync dr primary; do end "$name"; done
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

tools() {
  local venv=${TFGUARD_TEST_VENV:-$here/../.build/test-servers/venv}
  need_servers "$venv"
  weed=$venv/bin/weed; python=$venv/bin/python
  primary=${TFGUARD_SANDBOX_PRIMARY_PORT:-8333}; dr=${TFGUARD_SANDBOX_DR_PORT:-8433}
}

launch() { # primary|dr
  local port=${!1} common="-ip=127.0.0.1 -ip.bind=127.0.0.1 -s3.config=$dir/identities.json -webdav=false -admin.ui=false -s3.port.iceberg=0 -s3.port.lance=0"
  # Every other port of a cluster lies at a fixed distance from its S3 port, so that two sandboxes can run side by side.
  local ports="-s3.port=$port -master.port=$((port + 1000)) -volume.port=$((port + 1007)) -filer.port=$((port + 555)) -admin.port=$((port + 15313))"
  mkdir -p "$dir/$1"
  # shellcheck disable=SC2086 # the options are words
  "$weed" -logtostderr=true mini -dir="$dir/$1" $common $ports >>"$dir/$1.log" 2>&1 &
  echo $! >"$dir/$1.pid"
}

replicate() {
  [ ! -e "$dir/sync.pid" ] || return 0
  "$weed" -logtostderr=true filer.sync -a=127.0.0.1:$((primary + 555)) -b=127.0.0.1:$((dr + 555)) -a.path=/buckets -b.path=/buckets -isActivePassive >>"$dir/sync.log" 2>&1 &
  echo $! >"$dir/sync.pid"
}

start() {
  mkdir -p "$dir"; chmod 700 "$dir"; dir=$(cd "$dir" && pwd)
  [ ! -e "$dir/primary.pid" ] || { echo "A sandbox already runs in $dir: samples/sandbox.sh stop $dir" >&2; exit 1; }
  tools
  cat >"$dir/identities.json" <<'JSON'
{"identities": [
  {"name": "admin", "credentials": [{"accessKey": "AKIATFGUARDLOCAL", "secretKey": "tfguardlocalsecret"}], "actions": ["Admin", "Read", "Write", "List", "Tagging"]},
  {"name": "reader", "credentials": [{"accessKey": "AKIATFGUARDREAD", "secretKey": "tfguardreadsecret"}], "actions": ["Read", "List"]}]}
JSON
  trap stop ERR
  launch primary
  launch dr
  answers "http://127.0.0.1:$primary/healthz" "$dir/primary.log"
  answers "http://127.0.0.1:$dr/healthz" "$dir/dr.log"
  replicate
  say "primary region http://127.0.0.1:$primary   DR region http://127.0.0.1:$dr   logs in $dir"
}

# Replication is switched off first, as an operator does: what is still on its way must not cover what is written on the DR side.
fail() {
  end sync
  end primary KILL
}

return_() {
  tools
  dir=$(cd "$dir" && pwd)
  [ ! -e "$dir/primary.pid" ] || { echo "The primary region is up." >&2; exit 1; }
  launch primary
  answers "http://127.0.0.1:$primary/healthz" "$dir/primary.log"
}

case "$verb" in
  start) start ;;
  stop) stop ;;
  fail) fail ;;
  return) return_ ;;
  replication)
    case "${3:-}" in
      on) tools; dir=$(cd "$dir" && pwd); replicate ;;
      off) end sync ;;
      *) echo "replication DIR on|off" >&2; exit 64 ;;
    esac ;;
  *) echo "start, stop, fail, return or replication, not '$verb'" >&2; exit 64 ;;
esac
