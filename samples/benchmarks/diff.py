#!/usr/bin/env python3
"""Times `tfguard diff` beside what people compare states with otherwise.

    diff.py TFGUARD [--megabytes 100] [--small 2] [--runs 5]

Writes two versions of a state with five changed attributes, a small pair and a large one, and compares them in turn with
tfguard, with Python (orjson and deepdiff, from PyPI, in the virtual environment) and with `jq -S` and `diff`. What the
others print is no plan-like answer: they neither match instances nor know sets, moves and secrets. deepdiff runs on the
small pair only, jq on the large one once. Prints wall seconds, CPU seconds and peak memory of each whole process.
"""
import argparse, json, os, pathlib, random, shutil, subprocess, sys, tempfile

from measuring import measured, print_table

parser = argparse.ArgumentParser()
parser.add_argument("tfguard")
parser.add_argument("--megabytes", type=float, default=100)
parser.add_argument("--small", type=float, default=2)
parser.add_argument("--runs", type=int, default=5)
arguments = parser.parse_args()
tfguard = os.path.abspath(arguments.tfguard)
here = pathlib.Path(__file__).resolve().parent
venv = pathlib.Path(os.environ.get("TFGUARD_TEST_VENV", here.parent.parent / ".build/test-servers/venv"))
DEEPDIFF = "import sys, orjson, deepdiff; a, b = (orjson.loads(open(name, 'rb').read()) for name in sys.argv[1:3]); sys.exit(0 if len(deepdiff.DeepDiff(a, b)) else 1)"


def attributes(chance, number, index):
    hexadecimal = lambda digits: f"{chance.getrandbits(4 * digits):0{digits}x}"
    return {
        "ami": f"ami-{hexadecimal(17)}", "arn": f"arn:aws:ec2:us-east-1:123456789012:instance/i-{hexadecimal(17)}", "associate_public_ip_address": False,
        "availability_zone": f"us-east-1{chance.choice('abc')}", "cpu_core_count": 2, "ebs_optimized": True,
        "ebs_block_device": [{"delete_on_termination": True, "device_name": "/dev/sdf", "encrypted": True, "iops": 3000, "tags": {}, "volume_id": f"vol-{hexadecimal(17)}", "volume_size": 100}],
        "hibernation": None, "iam_instance_profile": f"service-{number}", "id": f"i-{hexadecimal(17)}", "instance_type": "m5.large",
        "metadata_options": [{"http_endpoint": "enabled", "http_put_response_hop_limit": 1, "http_tokens": "required"}],
        "private_dns": f"ip-10-0-{chance.randrange(256)}-{chance.randrange(256)}.ec2.internal", "private_ip": f"10.0.{chance.randrange(256)}.{chance.randrange(256)}",
        "subnet_id": f"subnet-{hexadecimal(17)}", "tags": {"Name": f"service-{number}-{index}", "Owner": "platform"}, "tenancy": "default",
        "user_data": hexadecimal(40), "vpc_security_group_ids": [f"sg-{hexadecimal(17)}", f"sg-{hexadecimal(17)}"]}


def write_pair(folder, megabytes):
    chance = random.Random(1)
    instances = lambda number: [
        {"index_key": index, "schema_version": 1, "attributes": attributes(chance, number, index), "sensitive_attributes": [], "private": "bnVsbA==", "dependencies": ["aws_subnet.private", "aws_vpc.main"]}
        for index in range(3)]
    resources = [
        {"mode": "managed", "type": "aws_instance", "name": f"service-{number}", "provider": 'provider["registry.terraform.io/hashicorp/aws"]', "instances": instances(number)}
        for number in range(max(2, int(megabytes * 1e6 / 5646)))]
    paths = []
    for serial in (1, 2):
        state = {"version": 4, "terraform_version": "1.11.4", "serial": serial, "lineage": "00000000-0000-4000-8000-000000000001", "outputs": {}, "resources": resources, "check_results": None}
        paths.append(folder / f"{megabytes:g}-{serial}.tfstate")
        with open(paths[-1], "w") as file:
            json.dump(state, file, indent=2)
            file.write("\n")
        for changed in chance.sample(resources, min(5, len(resources))):
            chance.choice(changed["instances"])["attributes"]["instance_type"] = "m5.xlarge"
    return paths


def main():
    if subprocess.run([venv / "bin/python", "-c", "import orjson, deepdiff"], capture_output=True).returncode:
        subprocess.run([venv / "bin/pip", "install", "-q", "--disable-pip-version-check", "orjson", "deepdiff"], check=True)
    with tempfile.TemporaryDirectory(prefix="tfguard-benchmark-") as name:
        folder = pathlib.Path(name)
        for megabytes, isSmall in ((arguments.small, True), (arguments.megabytes, False)):
            old, new = write_pair(folder, megabytes)
            jobs = {"tfguard diff": [tfguard, "diff", old, new]}
            if isSmall:
                jobs["orjson and deepdiff"] = [venv / "bin/python", "-c", DEEPDIFF, old, new]
            if shutil.which("jq"):
                jobs["jq -S, twice, and diff"] = ["/bin/sh", "-c", 'jq -S . "$0" > "$0.sorted" && jq -S . "$1" > "$1.sorted" && diff "$0.sorted" "$1.sorted"; test $? = 1', old, new]
            rows = {job: [] for job in jobs}
            for run in range(arguments.runs):
                for job, command in jobs.items():
                    if run == 0 or isSmall or job.startswith("tfguard"):
                        rows[job].append(measured(command, statuses=("0", "2")))
            print_table(rows, f"two states of {old.stat().st_size / 1e6:.1f} MB")


main()
