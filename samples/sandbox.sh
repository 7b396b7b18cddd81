#!/usr/bin/env bash
# Two S3 regions on this machine, with real servers and real replication, for trying tfguard out without an AWS account.
#
#   samples/sandbox.sh start DIR    primary region http://127.0.0.1:8333, DR region http://127.0.0.1:8433
#   samples/sandbox.sh stop DIR
#   samples/sandbox.sh fail DIR               the primary region goes down, as by a power cut
#   samples/sandbox.sh return DIR             it comes back with what it had; replication stays off
#   samples/sandbox.sh replication DIR on|off|again       again: everything is read once more, from the beginning
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
dir=$(realpath -m -- "$dir")

# Every process of this sandbox has its folder in the environment, so that `stop` also finds one whose pid was never noted.
run() { # NAME COMMAND...
  local name=$1
  shift
  TFGUARD_SANDBOX=$dir "$@" >>"$dir/$name.log" 2>&1 &
  echo $! >"$dir/$name.pid"
}

running() {
  grep -lzxF -e "TFGUARD_SANDBOX=$dir" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 || true
}

# Some take long to end in order, so all are told before one is waited for.
tell() { # NAME SIGNAL
  local pid
  pid=$(cat "$dir/$1.pid" 2>/dev/null) && [ -n "$pid" ] || return 0
  kill -CONT "$pid" 2>/dev/null || true
  kill "-$2" "$pid" 2>/dev/null || true
}

end() { # NAME [SIGNAL]
  local pid
  tell "$1" "${2:-TERM}"
  pid=$(cat "$dir/$1.pid" 2>/dev/null) && [ -n "$pid" ] || return 0
  for _ in $(seq 50); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
  kill -KILL "$pid" 2>/dev/null || true
  rm -f "$dir/$1.pid"
}

stop() {
  local name pids
  for name in sync dr primary; do tell "$name" TERM; done
  for name in sync dr primary; do end "$name" CONT; done
  for _ in 1 2 3 4 5; do
    pids=$(running)
    [ -n "$pids" ] || break
    # shellcheck disable=SC2086 # the pids are words
    kill -KILL $pids 2>/dev/null || true
    sleep 0.2
  done
  sweep
}

# SeaweedFS leaves its sockets behind.
sweep() {
  local port
  for port in $(cat "$dir/ports" 2>/dev/null); do rm -f /tmp/seaweedfs-*-"$port".sock; done
  rm -f "$dir/ports"
}

# A start that does not come to its end leaves nothing running.
guarded() { # WHAT TO DO THEN
  # shellcheck disable=SC2064 # what to do is known now
  trap "status=\$?; trap - EXIT; $1; exit \$status" EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

free() { # PORT...
  "$python" -c '
import socket, sys
for port in map(int, sys.argv[1:]):
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try: one.bind(("127.0.0.1", port))
        except OSError as error: sys.exit(f"Port {port} of 127.0.0.1 cannot be had ({error.strerror}); choose others with TFGUARD_SANDBOX_PRIMARY_PORT and TFGUARD_SANDBOX_DR_PORT.")
' "$@"
}

answers() { # NAME URL
  "$python" -c '
import os, sys, time, urllib.request
url, pid, end = sys.argv[1], int(sys.argv[2]), time.monotonic() + 120
while time.monotonic() < end:
    try: urllib.request.urlopen(url, timeout=5)
    except OSError: pass
    else: sys.exit(0)
    try: os.kill(pid, 0)
    except ProcessLookupError: break
    time.sleep(0.1)
sys.exit(1)
' "$2" "$(cat "$dir/$1.pid")" && return 0
  echo "No answer from $2; the end of $dir/$1.log:" >&2
  tail -5 "$dir/$1.log" >&2
  return 1
}

tools() {
  local venv=${TFGUARD_TEST_VENV:-$here/../.build/test-servers/venv}
  need_servers "$venv"
  weed=$venv/bin/weed; python=$venv/bin/python
  primary=${TFGUARD_SANDBOX_PRIMARY_PORT:-8333}; dr=${TFGUARD_SANDBOX_DR_PORT:-8433}
}

# Every other port of a cluster lies at a fixed distance from its S3 port, so that two sandboxes can run side by side; each
# has a second one for gRPC, 10000 higher.
ports() { # S3_PORT
  local port
  for port in "$1" $(($1 + 1000)) $(($1 + 1007)) $(($1 + 555)) $(($1 + 1313)); do echo "$port" $((port + 10000)); done
}

launch() { # primary|dr
  local port=${!1} common="-ip=127.0.0.1 -ip.bind=127.0.0.1 -s3.config=$dir/identities.json -webdav=false -admin.ui=false -s3.port.iceberg=0 -s3.port.lance=0 -master.telemetry=false"
  local ports="-s3.port=$port -master.port=$((port + 1000)) -volume.port=$((port + 1007)) -filer.port=$((port + 555)) -admin.port=$((port + 1313))"
  mkdir -p "$dir/$1"
  # shellcheck disable=SC2046,SC2086 # the options are words
  free $(ports "$port")
  ports "$port" >>"$dir/ports"
  # shellcheck disable=SC2086
  run "$1" "$weed" -logtostderr=true mini -dir="$dir/$1" $common $ports
}

up() { # primary|dr
  local port=${!1}
  answers "$1" "http://127.0.0.1:$port/healthz"
  answers "$1" "http://127.0.0.1:$((port + 555))/"
}

# One event at a time: of several at once that make a version the current one, filer.sync may let an older one win.
# It ends by itself when a region does not answer it at once, as happens on a busy machine: then it is started once more.
replicate() { # [OPTION...]
  local before
  [ ! -e "$dir/sync.pid" ] || return 0
  touch "$dir/sync.log"
  for _ in 1 2 3 4 5; do
    before=$(wc -c <"$dir/sync.log")
    run sync "$weed" -logtostderr=true filer.sync -a=127.0.0.1:$((primary + 555)) -b=127.0.0.1:$((dr + 555)) -a.path=/buckets -b.path=/buckets -isActivePassive -concurrency=1 "$@"
    for _ in $(seq 300); do
      tail -c "+$((before + 1))" "$dir/sync.log" | grep -q "start sync" && return 0
      kill -0 "$(cat "$dir/sync.pid")" 2>/dev/null || break
      sleep 0.1
    done
    end sync KILL
  done
  echo "filer.sync did not start; the end of $dir/sync.log:" >&2
  tail -5 "$dir/sync.log" >&2
  return 1
}

start() {
  [ ! -e "$dir/primary.pid" ] || { echo "A sandbox already runs in $dir: samples/sandbox.sh stop $dir" >&2; exit 1; }
  tools
  mkdir -p "$dir"; chmod 700 "$dir"
  cat >"$dir/identities.json" <<'JSON'
{"identities": [
  {"name": "admin", "credentials": [{"accessKey": "AKIATFGUARDLOCAL", "secretKey": "tfguardlocalsecret"}], "actions": ["Admin", "Read", "Write", "List", "Tagging"]},
  {"name": "reader", "credentials": [{"accessKey": "AKIATFGUARDREAD", "secretKey": "tfguardreadsecret"}], "actions": ["Read", "List"]}]}
JSON
  guarded stop
  launch primary
  launch dr
  up primary
  up dr
  replicate
  trap - EXIT
  say "primary region http://127.0.0.1:$primary   DR region http://127.0.0.1:$dr   logs in $dir"
}

# Replication is switched off first, as an operator does: what is still on its way must not cover what is written on the DR side.
fail() {
  end sync
  end primary KILL
}

return_() {
  [ ! -e "$dir/primary.pid" ] || { echo "The primary region is up." >&2; exit 1; }
  tools
  guarded "end primary"
  launch primary
  up primary
  trap - EXIT
}

replication() { # on|off|again
  case "$1" in
    on) tools; guarded "end sync"; replicate; trap - EXIT ;;
    again) tools; end sync; guarded "end sync"; replicate -a.fromTsMs=1; trap - EXIT ;;
    off) end sync ;;
    *) echo "replication DIR on|off|again" >&2; exit 64 ;;
  esac
}

case "$verb" in
  start) start ;;
  stop) stop ;;
  fail) fail ;;
  return) return_ ;;
  replication) replication "${3:-}" ;;
  *) echo "start, stop, fail, return or replication, not '$verb'" >&2; exit 64 ;;
esac
