#!/usr/bin/env bash
# tfguard from nothing to a verified backup, on this machine, without an AWS account.
#
#   samples/quickstart.sh            installs what is missing, builds, starts two S3 regions with real replication, plays a
#                                    recorded history of real Terraform states into them, backs it up and checks it
#   samples/quickstart.sh --keep     leaves the sandbox running at the end, to try things out by hand
#
# Everything lies in a folder of its own (.build/quickstart, or the one named by TFGUARD_QUICKSTART_DIR), and every
# process that was started is stopped at the end.
set -euo pipefail
cd "$(dirname "$0")/.."
. samples/support/prerequisites.sh

keep=false
case "${1:-}" in
  --keep) keep=true ;;
  "") ;;
  *) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 64 ;;
esac

dir=${TFGUARD_QUICKSTART_DIR:-$PWD/.build/quickstart}
primary_port=${TFGUARD_SANDBOX_PRIMARY_PORT:-8333}; dr_port=${TFGUARD_SANDBOX_DR_PORT:-8433}
primary=http://127.0.0.1:$primary_port; dr=http://127.0.0.1:$dr_port

need_build_tools
export TFGUARD_TEST_VENV=${TFGUARD_TEST_VENV:-$PWD/.build/test-servers/venv}
need_servers "$TFGUARD_TEST_VENV"

say "Building tfguard (the first time takes some minutes, and says nothing meanwhile)"
# Left out: progress, and the linker's remark that Foundation in the static library knows mktemp.
swift build -c release --static-swift-stdlib --product tfguard 2>&1 |
  grep -vE '^(\[|Building|Fetch|Comput|Creating working copy|Working copy of|$)|libFoundationEssentials\.a.*(createTemporaryFile|mktemp)' || true
tfguard=$(swift build -c release --static-swift-stdlib --show-bin-path)/tfguard
[ -x "$tfguard" ] || { echo "The build failed: run 'swift build -c release' to see why." >&2; exit 1; }

samples/sandbox.sh stop "$dir"
rm -rf "$dir"; mkdir -p "$dir"; chmod 700 "$dir"
$keep || trap 'samples/sandbox.sh stop "$dir"' EXIT

say "Starting two S3 regions with real replication between them"
samples/sandbox.sh start "$dir"

say "Playing a recorded history of real Terraform states"
"$TFGUARD_TEST_VENV/bin/python" samples/support/play_history.py "$primary" "$dr"

if command -v terraform >/dev/null; then
  say "Writing another state with the Terraform that is installed here"
  mkdir -p "$dir/terraform"
  cat >"$dir/terraform/main.tf" <<HCL
terraform {
  backend "s3" {
    bucket                      = "acme-tfstate"
    key                         = "sandbox/terraform.tfstate"
    region                      = "us-east-1"
    endpoints                   = { s3 = "$primary" }
    use_path_style              = true
    use_lockfile                = true
    skip_credentials_validation = true
    skip_requesting_account_id  = true
    skip_metadata_api_check     = true
    skip_region_validation      = true
  }
}
resource "terraform_data" "release" { input = "1" }
output "release" { value = terraform_data.release.output }
HCL
  (
    cd "$dir/terraform"
    export AWS_ACCESS_KEY_ID=AKIATFGUARDLOCAL AWS_SECRET_ACCESS_KEY=tfguardlocalsecret
    terraform init -input=false -no-color >terraform.log 2>&1
    for release in 1 2 3; do
      sed -i "s/input = \".*\"/input = \"$release\"/" main.tf
      terraform apply -auto-approve -input=false -no-color >>terraform.log 2>&1
    done
  )
  echo "terraform wrote 3 versions of sandbox/terraform.tfstate"
fi

cat >"$dir/tfguard.yaml" <<YAML
vault:
  location: $dir/vault
sites:
  primary: { bucket: acme-tfstate, region: us-east-1, endpoint: "$primary", use_path_style: true, lock: { use_lockfile: true } }
  replica: { bucket: acme-tfstate, region: us-west-2, endpoint: "$dr", use_path_style: true }
  dr:      { bucket: acme-tfstate-dr, region: us-west-2, endpoint: "$dr", use_path_style: true }
replication:
  - { from: primary, to: replica, recovery_point: 15m }
YAML
export TFGUARD_CONFIG=$dir/tfguard.yaml AWS_ACCESS_KEY_ID=AKIATFGUARDLOCAL AWS_SECRET_ACCESS_KEY=tfguardlocalsecret
export TFGUARD_NO_PROGRESS=1

# What comes next, and what to look at in it.
step() { printf '\n\n'; say "── $1"; shift; printf '%s\n' "$@"; }

run() {
  printf '\n'; say "\$ tfguard $*"
  local status=0
  "$tfguard" "$@" || status=$?
  case $status in 0|2) ;; *) echo "tfguard $1 ended with status $status" >&2; exit "$status" ;; esac
}

step "1. Back up" \
  "Three places with states, as $dir/tfguard.yaml names them: 'primary' is the bucket of the primary region, 'replica' is" \
  "what S3 replication made of it in the other region, 'dr' is the state of the stack that stands ready there." \
  "The first run fetches every version of every state; the second finds nothing new and fetches nothing."
run snapshot
run snapshot

step "2. Look into the history" "Each apply left a version. What did serial 32 do, and when did the retention of the database's backups change?"
run versions primary:prod/terraform.tfstate
run diff "primary:prod/terraform.tfstate@serial=31" "primary:prod/terraform.tfstate@serial=32"
run log primary:prod/terraform.tfstate aws_db_instance.main --attribute backup_retention_period

step "3. Compare the two regions" \
  "The stacks differ in hundreds of attributes, and nearly all of them must (ids, regions, zones). 'drift' lists those that would" \
  "hurt on the day of a failover; 'verify' proves that replication really happened. Status 2 of 'drift' means: there are findings."
run drift primary:prod/terraform.tfstate dr
run verify primary replica

step "4. The worst day" "The current state is overwritten by a page of HTML. Terraform cannot repair that, not even with state push -force."
"$TFGUARD_TEST_VENV/bin/python" - "$primary" <<'PY'
import boto3, sys
from botocore.config import Config
s3 = boto3.client("s3", endpoint_url=sys.argv[1], region_name="us-east-1", config=Config(s3={"addressing_style": "path"}))
s3.put_object(Bucket="acme-tfstate", Key="prod/terraform.tfstate", Body=b"<html><body>502 Bad Gateway</body></html>\n")
PY
run doctor primary:prod/terraform.tfstate
run restore primary:prod/terraform.tfstate --to last-good --yes
run doctor primary:prod/terraform.tfstate

step "5. Prove the backup" "The last snapshot takes in what the restore wrote; then every byte in the vault is read and compared with its SHA-256."
run snapshot
run vault check --read-data
run vault stats

printf '\n\n'
say "Done: every version of every state is in $dir/vault, verified."
if $keep; then
  cat <<TEXT
The sandbox is still running. To try things out:
  export TFGUARD_CONFIG=$TFGUARD_CONFIG AWS_ACCESS_KEY_ID=$AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY=$AWS_SECRET_ACCESS_KEY
  $tfguard --help
Stop it with: samples/sandbox.sh stop $dir
TEXT
else
  cat <<TEXT
Run 'samples/quickstart.sh --keep' to keep the sandbox and try things out.
For states of your own: run '$tfguard init' in a Terraform folder, then '$tfguard snapshot'.
TEXT
fi
