"""What the benchmarks of this folder share: figures of whole processes, taken from outside."""
import statistics, subprocess, sys

# A process's peak memory counts what it was forked from, so a small interpreter forks it, not this one.
LAUNCHER = """
import os, sys, time
began = time.monotonic()
child = os.fork()
if child == 0:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.execv(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(os.waitstatus_to_exitcode(status), time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
"""


def measured(command, environment=None, statuses=("0",)):
    """Wall seconds, CPU seconds and peak memory (MiB) of one whole process and its children."""
    outcome = subprocess.run([sys.executable, "-S", "-E", "-c", LAUNCHER, *map(str, command)], env=environment, capture_output=True, text=True)
    status, *figures = outcome.stdout.split() or ["nothing"]
    if status not in statuses:
        sys.exit(f"{command} ended with {status}:\n{outcome.stderr[-2000:]}")
    return tuple(float(figure) for figure in figures)


def print_table(rows, title=""):
    """Medians of what `measured` gave, a line for each name."""
    width = max(34, *(len(name) + 2 for name in rows))
    print(f"{title:{width}}{'wall s':>8}{'CPU s':>8}{'peak MiB':>10}{'runs':>6}   (medians)")
    for name, values in rows.items():
        wall, cpu, memory = (statistics.median(column) for column in zip(*values))
        print(f"{name:{width}}{wall:8.2f}{cpu:8.2f}{memory:10.0f}{len(values):6}")
