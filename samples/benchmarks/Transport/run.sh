#!/bin/sh
# Measures HTTPTransport beside `curl -Z` and wrk in one run: objects of 64 KB and 100 KB from nginx on loopback.
# Usage: samples/benchmarks/Transport/run.sh [REQUESTS] [CONNECTIONS]     (needs nginx and curl; wrk when present)
set -eu
requests=${1:-8000}
connections=${2:-32}
port=${PORT:-18080}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
command -v nginx >/dev/null || { echo "nginx is needed: apt-get install nginx-light" >&2; exit 69; }

cd "$root"
TFGUARD_FOCUS=TransportBenchmark swift build -c release --product TransportBenchmark --quiet
binary=$(TFGUARD_FOCUS=TransportBenchmark swift build -c release --show-bin-path)/TransportBenchmark

work=$(mktemp -d)
cleanup() {
    if [ -f "$work/nginx.pid" ]; then kill "$(cat "$work/nginx.pid")" 2>/dev/null || true; sleep 0.2; fi
    rm -rf "$work"
}
trap cleanup EXIT INT TERM
mkdir "$work/www"
# The bytes are the same in every run.
for size in 65536 102400; do yes "tfguard transport benchmark" | head -c "$size" >"$work/www/$size"; done
cat >"$work/nginx.conf" <<CONF
worker_processes 1;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 1024; }
http {
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    server { listen 127.0.0.1:$port; root $work/www; }
}
CONF
chmod 755 "$work" "$work/www"
nginx -c "$work/nginx.conf" -p "$work" 2>/dev/null

curl_parallel() { # size
    i=0
    : >"$work/urls"
    while [ "$i" -lt "$requests" ]; do
        printf 'url = "http://127.0.0.1:%s/%s"\noutput = "/dev/null"\n' "$port" "$1"
        i=$((i + 1))
    done >"$work/urls"
    python3 - "$requests" "$connections" "$work/urls" <<'PY'
import resource, subprocess, sys, time
requests, connections, config = int(sys.argv[1]), sys.argv[2], sys.argv[3]
start = time.time()
subprocess.run(["curl", "-sZ", "--parallel-max", connections, "-K", config], check=True)
wall = time.time() - start
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = usage.ru_utime + usage.ru_stime
print(f"mode=curl-Z connections={connections} requests={requests} wall_s={wall:.3f} req_per_s={int(requests / wall)} cpu_s={cpu:.3f} cpu_us_per_request={cpu / requests * 1e6:.1f}")
PY
}

uptime
for size in 65536 102400; do
    echo "== $size bytes"
    for mode in send sink stream; do "$binary" "http://127.0.0.1:$port/$size" "$requests" "$connections" "$mode"; done
    curl_parallel "$size"
    if command -v wrk >/dev/null; then
        echo "wrk (drops bodies): $(wrk -t1 -c"$connections" -d3s "http://127.0.0.1:$port/$size" | grep Requests/sec)"
    fi
done
