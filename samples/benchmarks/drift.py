#!/usr/bin/env python3
"""Times `tfguard drift` on pairs of stacks that grow tenfold, and checks that it finds exactly what was planted.

    drift.py TFGUARD [--sizes 1000 10000 100000] [--runs 5]

Each side is a network with subnets, security groups, instances and volumes; DR has other ids, ARNs, zones, addresses and
names, as a second region must, and a few real differences. Prints wall seconds, CPU seconds and peak memory of each whole
process, and what a tenth of the size took.
"""
import argparse, json, os, pathlib, random, subprocess, sys, tempfile

from measuring import measured, print_table

parser = argparse.ArgumentParser()
parser.add_argument("tfguard")
parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
parser.add_argument("--runs", type=int, default=5)
arguments = parser.parse_args()
tfguard = os.path.abspath(arguments.tfguard)
ACCOUNT = "123456789012"


class Side:
    """One stack: a primary in us-east-1, or its copy in us-west-2."""

    def __init__(self, is_dr):
        self.region, self.name, self.net = ("us-west-2", "acme-dr", 20) if is_dr else ("us-east-1", "acme-prod", 10)
        self.chance = random.Random(is_dr)
        self.resources = []

    def id(self, kind):
        return f"{kind}-{self.chance.getrandbits(68):017x}"

    def arn(self, kind, id):
        return f"arn:aws:ec2:{self.region}:{ACCOUNT}:{kind}/{id}"

    def add(self, type, name, instances, dependencies=()):
        keyed = len(instances) > 1
        self.resources.append({
            "mode": "managed", "type": type, "name": name, "provider": 'provider["registry.terraform.io/hashicorp/aws"]',
            "instances": [
                ({"index_key": index} if keyed else {}) | {"schema_version": 1, "attributes": attributes, "sensitive_attributes": [], "private": "bnVsbA==", "dependencies": list(dependencies)}
                for index, attributes in enumerate(instances)]})

    def tags(self, name):
        return {"Environment": self.name.split("-")[1], "Name": f"{self.name}-{name}", "Owner": "platform"}

    def build(self, count):
        """About `count` instances: a service of one group, three machines and three volumes at a time."""
        vpc = self.id("vpc")
        self.add("aws_vpc", "main", [{"arn": self.arn("vpc", vpc), "cidr_block": f"{self.net}.0.0.0/8", "enable_dns_hostnames": True, "id": vpc, "tags": self.tags("main"), "tags_all": self.tags("main")}])
        zones = [f"{self.region}{letter}" for letter in "abc"]
        subnets = [self.id("subnet") for _ in zones]
        self.add("aws_subnet", "private", [
            {"arn": self.arn("subnet", subnet), "availability_zone": zone, "cidr_block": f"{self.net}.{place}.0.0/16", "id": subnet, "map_public_ip_on_launch": False, "tags": self.tags(f"private-{place}"), "tags_all": self.tags(f"private-{place}"), "vpc_id": vpc}
            for place, (subnet, zone) in enumerate(zip(subnets, zones))], ["aws_vpc.main"])
        for number in range(max(1, (count - 4) // 7)):
            group, machines = self.id("sg"), [self.id("i") for _ in zones]
            name = f"service{number}"
            self.add("aws_security_group", name, [{
                "arn": self.arn("security-group", group), "description": "one service", "egress": [], "id": group, "name": f"{self.name}-{name}", "name_prefix": "",
                "ingress": [{"cidr_blocks": [f"{self.net}.0.0.0/8"], "description": "", "from_port": 443, "ipv6_cidr_blocks": [], "prefix_list_ids": [], "protocol": "tcp", "security_groups": [], "self": False, "to_port": 443}],
                "owner_id": ACCOUNT, "tags": self.tags(name), "tags_all": self.tags(name), "vpc_id": vpc}], ["aws_vpc.main"])
            self.add("aws_instance", name, [{
                "ami": "ami-0abcdef0123456789" if self.net == 10 else "ami-0fedcba9876543210", "arn": self.arn("instance", machine), "associate_public_ip_address": False, "availability_zone": zones[place],
                "disable_api_termination": False, "ebs_optimized": True, "id": machine, "instance_type": "m5.large", "key_name": "operations",
                "metadata_options": [{"http_endpoint": "enabled", "http_put_response_hop_limit": 1, "http_tokens": "required"}], "monitoring": True,
                "private_dns": f"ip-{self.net}-{place}-{number // 250 % 250}-{number % 250}.{self.region}.compute.internal", "private_ip": f"{self.net}.{place}.{number // 250 % 250}.{number % 250}",
                "subnet_id": subnets[place], "tags": self.tags(f"{name}-{place}"), "tags_all": self.tags(f"{name}-{place}"), "tenancy": "default", "user_data": None, "vpc_security_group_ids": [group]}
                for place, machine in enumerate(machines)], ["aws_security_group." + name, "aws_subnet.private", "aws_vpc.main"])
            volumes = [self.id("vol") for _ in zones]
            self.add("aws_ebs_volume", name, [
                {"arn": self.arn("volume", volume), "availability_zone": zones[place], "encrypted": True, "id": volume, "iops": 3000, "size": 100, "tags": self.tags(f"{name}-{place}"), "tags_all": self.tags(f"{name}-{place}"), "throughput": 125, "type": "gp3"}
                for place, volume in enumerate(volumes)])
        return self

    def plant(self, count):
        """Real differences, spread over the stack: (address, attribute)."""
        planted = set()
        services = [resource for resource in self.resources if resource["type"] in ("aws_instance", "aws_ebs_volume")]
        for turn, resource in enumerate(random.Random(7).sample(services, min(count, len(services)))):
            place = turn % 3
            attribute, value = ("instance_type", "t3.small") if resource["type"] == "aws_instance" else ("size", 20)
            resource["instances"][place]["attributes"][attribute] = value
            planted.add((f"{resource['type']}.{resource['name']}[{place}]", attribute))
        gone = self.resources.pop()
        planted = {item for item in planted if not item[0].startswith(f"{gone['type']}.{gone['name']}[")}
        return planted | {(f"{gone['type']}.{gone['name']}[{place}]", None) for place in range(3)}

    def write(self, path):
        state = {"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": f"00000000-0000-4000-8000-{self.net:012}", "outputs": {}, "resources": self.resources, "check_results": None}
        with open(path, "w") as file:
            json.dump(state, file, indent=2)
        return path


def main():
    rows, sizes = {}, {}
    with tempfile.TemporaryDirectory(prefix="tfguard-benchmark-") as name:
        folder = pathlib.Path(name)
        for size in arguments.sizes:
            primary = Side(False).build(size).write(folder / "primary.tfstate")
            side = Side(True).build(size)
            planted = side.plant(20)
            dr = side.write(folder / "dr.tfstate")
            command = [tfguard, "drift", primary, dr, "--json"]
            findings = json.loads(subprocess.run(command, capture_output=True, text=True).stdout)["pairs"][0]["findings"]
            found = {(finding["primary_address"], finding["attribute"]) for finding in findings}
            if found != planted:
                sys.exit(f"{size} instances: not found {sorted(planted - found, key=str)[:5]}, not planted {sorted(found - planted, key=str)[:5]}")
            job = f"{size:,} instances, {primary.stat().st_size / 1e6:.1f} MB a side"
            rows[job] = [measured(command, statuses=("2",)) for _ in range(arguments.runs)]
    print_table(rows, f"{len(planted)} differences planted, found, no others")


main()
