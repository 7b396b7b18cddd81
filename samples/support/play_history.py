#!/usr/bin/env python3
"""Plays recorded Terraform states into the sandbox, version by version, as Terraform wrote them.

    play_history.py PRIMARY_ENDPOINT DR_ENDPOINT

The recording (recorded-states.tar.xz) was made by Terraform 1.11 and the AWS provider 5.100 from a stack that follows
the DR plan: 37 versions of the primary stack, 3 of a staging workspace, 22 of the DR stack; its secrets are invented.
Into the primary region go `acme-tfstate` (the primary stack and the workspace; the sandbox replicates it to the DR
region), into the DR region `acme-tfstate-dr` (the DR stack's own state).
"""
import base64, hashlib, io, json, pathlib, sys, tarfile, time
import boto3
from botocore.config import Config

KEYS = {
    "primary": "prod/terraform.tfstate",
    "primary-ws-staging": "env:/staging/prod/terraform.tfstate",
    "dr": "prod/terraform.tfstate",
}


def client(endpoint):
    return boto3.client(
        "s3", endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="AKIATFGUARDLOCAL",
        aws_secret_access_key="tfguardlocalsecret", config=Config(s3={"addressing_style": "path"}))


def bucket(s3, name):
    s3.create_bucket(Bucket=name)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})


def play(s3, bucket, history, archive):
    versions = json.load(archive.extractfile(f"{history}/manifest.json"))
    key = KEYS[history]
    lock = {"ID": "0d9f4b9c-2a43-4d8c-8d53-0d8f2f1a7b11", "Operation": "OperationTypeApply", "Info": "", "Who": "root@vm",
            "Version": "1.11.4", "Created": "2026-11-22T14:02:14.786971922Z", "Path": f"{bucket}/{key}"}
    for number, version in enumerate(versions):
        body = archive.extractfile(f"{history}/{version['file']}").read()
        if number % 10 == 0:  # Terraform's lock file comes and goes around every operation
            s3.put_object(Bucket=bucket, Key=key + ".tflock", Body=json.dumps(lock, separators=(",", ":")).encode())
            s3.delete_object(Bucket=bucket, Key=key + ".tflock")
        s3.put_object(Bucket=bucket, Key=key, Body=body, ContentType="application/json",
                      ChecksumSHA256=base64.b64encode(hashlib.sha256(body).digest()).decode())
    return len(versions)


def wait_for_replication(primary, dr, name):
    def listing(s3):
        try:
            pages = s3.get_paginator("list_object_versions").paginate(Bucket=name)
            return [(v["Key"], v["VersionId"], v["IsLatest"]) for page in pages for v in page.get("Versions", []) + page.get("DeleteMarkers", [])]
        except s3.exceptions.ClientError:
            return None
    for _ in range(1200):
        if (wanted := listing(primary)) == listing(dr):
            return len(wanted)
        time.sleep(0.1)
    sys.exit(f"the DR region did not receive all versions of {name} within two minutes: see sync.log in the sandbox's folder")


def main():
    primary, dr = client(sys.argv[1]), client(sys.argv[2])
    recording = pathlib.Path(__file__).resolve().parent.parent / "recorded-states.tar.xz"
    with tarfile.open(recording) as archive:
        bucket(primary, "acme-tfstate")
        bucket(dr, "acme-tfstate-dr")
        played = play(primary, "acme-tfstate", "primary", archive) + play(primary, "acme-tfstate", "primary-ws-staging", archive)
        played += play(dr, "acme-tfstate-dr", "dr", archive)
    replicated = wait_for_replication(primary, dr, "acme-tfstate")
    print(f"played {played} versions of 3 states; {replicated} versions and markers replicated to the DR region")


main()
