#!/usr/bin/env python3
"""Kills snapshots with SIGKILL at random moments, and proves after each that nothing is damaged, lost or left behind.

    kill_snapshots.py TFGUARD CONFIG KILLS [SEED]

Runs that end before they are killed do not count. CONFIG names running sites; its vault is not used: each round has a vault of its own, empty in two rounds of three, else
holding a first half of the history. After each kill the vault must check clean as it lies; then a run must complete it
with every version, check clean again, and leave no temporary files.
"""
import json, os, pathlib, random, shutil, signal, subprocess, sys, tempfile, time

tfguard, config, kills = sys.argv[1], sys.argv[2], int(sys.argv[3])
random.seed(int(sys.argv[4]) if len(sys.argv) > 4 else 1)


def run(folder, *arguments, expected=(0,)):
    environment = dict(os.environ, TFGUARD_CONFIG=str(folder / "tfguard.yaml"), TFGUARD_NO_PROGRESS="1")
    outcome = subprocess.run([tfguard, *arguments, "--json"], env=environment, capture_output=True, text=True)
    if outcome.returncode not in expected:
        sys.exit(f"{arguments} ended with {outcome.returncode} in {folder}:\n{outcome.stdout}\n{outcome.stderr}")
    return json.loads(outcome.stdout) if outcome.stdout.strip() else {}


def new_folder():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tfguard-kill-"))
    lines = pathlib.Path(config).read_text().splitlines()
    lines = [f"  location: {folder}/vault" if line.strip().startswith("location:") else line for line in lines]
    (folder / "tfguard.yaml").write_text("\n".join(lines) + "\n")
    return folder


def start(folder, *arguments):
    environment = dict(os.environ, TFGUARD_CONFIG=str(folder / "tfguard.yaml"), TFGUARD_NO_PROGRESS="1")
    return subprocess.Popen([tfguard, "snapshot", *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


# What an undisturbed run holds, and how long it takes.
reference = new_folder()
began = time.monotonic()
whole = run(reference, "snapshot")
duration = time.monotonic() - began
versions = run(reference, "vault", "stats")["versions"]
shutil.rmtree(reference)

in_time, number = 0, 0
while in_time < kills:
    number += 1
    folder = new_folder()
    if number % 3 == 0:
        run(folder, "snapshot", "primary")
    process = start(folder)
    time.sleep(random.uniform(0, duration))
    process.send_signal(signal.SIGKILL)
    in_time += process.wait() == -signal.SIGKILL
    vault = folder / "vault"
    if vault.exists() and run(folder, "vault", "check", "--read-data", expected=(0, 10)).get("exit_code", 0) not in (0, 10):
        sys.exit(f"round {number}: damage after the kill, see {folder}")
    again = run(folder, "snapshot")
    run(folder, "vault", "check", "--read-data")
    held = run(folder, "vault", "stats")["versions"]
    if held != versions:
        sys.exit(f"round {number}: {held} versions instead of {versions}, see {folder}")
    leftover = [str(path) for path in (vault / "tmp").rglob("*") if path.is_file()]
    if leftover:
        sys.exit(f"round {number}: the completing run left {leftover}")
    shutil.rmtree(folder)
print(f"{in_time} kills in {number} rounds: no damage, every version there, no temporary files left")
