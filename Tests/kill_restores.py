#!/usr/bin/env python3
"""Kills restores with SIGKILL at random moments, and proves after each that the state is the old or the new one, whole.

    kill_restores.py TFGUARD CONFIG KILLS [SEED]

CONFIG names running sites; the first is used, with its locks; its vault is not: each key has one of its own. A state of two
generations that differ is restored to the one, then to the other, over and over, each time with a new serial; runs that end
before they are killed do not count. After each kill:
- what is current is to the byte what was there, or what was to come;
- where there is a lock table, its digest is right, or the doctor names it;
- the same command, run again, ends well: the state is the new one, written once, the digest is right, no lock is left;
- every version that ever was is still there, and so is what the vault held.
"""
import hashlib, json, os, pathlib, random, re, shutil, signal, subprocess, sys, tempfile, time

tfguard, config, kills = sys.argv[1], sys.argv[2], int(sys.argv[3])
random.seed(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
PER_KEY = 20
counts = {"old": 0, "new": 0, "locks": 0, "digests": 0}


def fail(text):
    sys.exit(f"round {number}: {text}, see {folder}")


def environment():
    return dict(os.environ, TFGUARD_CONFIG=str(folder / "tfguard.yaml"), TFGUARD_NO_PROGRESS="1")


def run(*arguments, expected=(0,)):
    outcome = subprocess.run([tfguard, *arguments, "--json"], env=environment(), capture_output=True, text=True)
    if outcome.returncode not in expected:
        fail(f"{arguments} ended with {outcome.returncode}:\n{outcome.stdout}\n{outcome.stderr}")
    return json.loads(outcome.stdout) if outcome.stdout.strip() else {}


def raw(reference):
    outcome = subprocess.run([tfguard, "show", reference, "--raw"], env=environment(), capture_output=True)
    if outcome.returncode != 0:
        fail(f"show {reference}: {outcome.stderr.decode()}")
    return outcome.stdout


def versions():
    return [version["version_id"] for version in run("versions", reference)["versions"]]


def state(serial, count):
    instances = [{"index_key": index, "schema_version": 1, "attributes": {"id": f"i-{index}", "note": "x" * 200}} for index in range(count)]
    resource = {"mode": "managed", "type": "aws_instance", "name": "web", "provider": 'provider["registry.terraform.io/hashicorp/aws"]', "instances": instances}
    return json.dumps({"version": 4, "terraform_version": "1.11.4", "serial": serial, "lineage": "3f2a1b0c", "outputs": {}, "resources": [resource], "check_results": None}, indent=2) + "\n"


def with_serial(content, serial):
    return re.sub(rb'"serial": \d+', b'"serial": %d' % serial, content, count=1)


def new_state():
    """A new folder, vault and key with two generations; the ids of both."""
    global folder, reference, sources
    folder = pathlib.Path(tempfile.mkdtemp(prefix="tfguard-kill-"))
    lines = pathlib.Path(config).read_text().splitlines()
    (folder / "tfguard.yaml").write_text("\n".join(f"  location: {folder}/vault" if line.strip().startswith("location:") else line for line in lines) + "\n")
    reference = f"{site}:kill/{folder.name}/terraform.tfstate"
    sources = []
    for serial, count in ((1, 30), (2, 33)):
        (folder / "new.tfstate").write_text(state(serial, count))
        run("adopt", str(folder / "new.tfstate"), reference, "--yes", "--wait", "0")
        sources.append(versions()[0])


site = re.search(r"^sites:.*?^ +([A-Za-z0-9_-]+):", pathlib.Path(config).read_text(), re.S | re.M).group(1)
number, in_time, folder = 0, 0, None
new_state()
began = time.monotonic()
run("restore", reference, "--to", f"id={sources[0]}", "--yes", "--wait", "0")
duration = time.monotonic() - began
has_table = run("doctor", reference)["states"][0]["digest"] is not None

turn = 1
while in_time < kills:
    number += 1
    if number % PER_KEY == 0:
        shutil.rmtree(folder)
        new_state()
        turn = 0
    before, known = raw(reference), versions()
    source = sources[turn % 2]
    turn += 1
    command = ["restore", reference, "--to", f"id={source}", "--yes", "--wait", "0"]
    promised = run(*command, "--dry-run")["plan"]
    after = with_serial(raw(f"{reference}@id={source}"), promised["new_serial"])
    process = subprocess.Popen([tfguard, *command], env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(random.uniform(0.2, 1.1) * duration)
    process.send_signal(signal.SIGKILL)
    was_killed = process.wait() == -signal.SIGKILL
    in_time += was_killed

    found = raw(reference)
    if found not in (before, after):
        fail("the state is neither the old nor the new one")
    is_new = found == after
    doctor = run("doctor", reference, expected=(0, 2))["states"][0]
    rules = [problem["rule_id"] for problem in doctor["problems"]]
    if has_table and not doctor["digest"]["matches"]:
        if doctor["digest"]["actual"] != hashlib.md5(found).hexdigest() or not any(rule.startswith("digest.") for rule in rules):
            fail(f"a wrong digest that the doctor does not name: {rules}")
        counts["digests"] += was_killed
    if doctor["lock"]["held"]:
        if not all(holder["abandoned"] for holder in doctor["lock"]["holders"]) or "lock.abandoned" not in rules:
            fail(f"a lock of ours that is not recognised: {doctor['lock']}")
        counts["locks"] += was_killed
    counts["new" if is_new else "old"] += was_killed

    began = time.monotonic()
    run(*command)
    if not is_new:
        # A busy machine changes its pace: the moments shall fall all over a run.
        duration = 0.7 * duration + 0.3 * (time.monotonic() - began)
    if raw(reference) != after:
        fail("the second run did not bring the new state")
    healthy = run("doctor", reference)["states"][0]
    if healthy["verdict"] != "ok" or healthy["lock"]["held"] or (has_table and not healthy["digest"]["matches"]):
        fail(f"not healed: {healthy}")
    held = versions()
    if held[1:] != known:
        fail(f"{held} instead of {known} and one more")
    if run("vault", "check", "--read-data")["exit_code"] != 0:
        fail("the vault is damaged")
shutil.rmtree(folder)
print(
    f"{in_time} kills in {number} rounds: {counts['old']} before the write, {counts['new']} after it, {counts['locks']} locks left and released, "
    f"{counts['digests']} digests named and healed; nothing lost, nothing written twice")
