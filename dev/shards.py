"""pytest in several processes, each with a database, a port and a log of its own, that share the files of the tests.

Whoever is free takes the next file (see ``pytest_house``): nothing is divided beforehand, so nobody waits for long.
"""

import contextlib
import json
import os
import shlex
import shutil
import subprocess
import time

from . import conf, paths, steps

#: environment of one process: where files are claimed, and where it writes what it counted
CLAIMS, COUNTS = "SHORA_CLAIMS", "SHORA_COUNTS"
DEAREST = 12  # files of tests, named at the end
MOST = 4  # more would only wait for the database


def wanted():
    """Return how many processes to start: one for a chosen part, else one per core, or ``SHORA_WORKERS``."""
    if os.environ.get("TESTS"):
        return 1
    return int(os.environ.get("SHORA_WORKERS") or min(os.cpu_count() or 1, MOST))


def database_name(number):
    """Return the database of the process ``number``."""
    return f"shora_test_{number}"


def write_conf(number):
    """Write the configuration of one process: the usual one with its own port, its log in a file. Return its path."""
    log = steps.log_path(f"test-{number}")
    log.unlink(missing_ok=True)
    path = paths.HOUSE / f"test-{number}.conf"
    path.touch(mode=0o600)
    lines = [line for line in paths.CONF.read_text(encoding="utf-8").splitlines() if not line.startswith("http_port")]
    lines += [f"http_port = {conf.HTTP_PORT + number}", f"logfile = {log}"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def command(number):
    """Return the command line of one process."""
    return [
        str(paths.PYTHON),
        "-m",
        "pytest",
        f"--odoo-config={write_conf(number)}",
        f"--odoo-database={database_name(number)}",
        "--odoo-log-level=info",
        "--odoo-http",
        "-p",
        "no:cacheprovider",
        *shlex.split(os.environ.get("TESTS", "")),
    ]


def run(workers):
    """Run pytest in ``workers`` processes; return the worst of their exit codes. The last line counts all tests."""
    claims = paths.HOUSE / "claims"
    shutil.rmtree(claims, ignore_errors=True)
    claims.mkdir()
    environment = dict(conf.environment(), SHORA_STRICT="1", PYTHONDONTWRITEBYTECODE="1")
    if workers > 1:
        environment[CLAIMS] = str(claims)
    outputs = [steps.log_path(f"pytest-{number}") for number in range(workers)]
    counts = [paths.HOUSE / f"counts-{number}.json" for number in range(workers)]
    processes = []
    with contextlib.ExitStack() as stack:
        for number, (output, count) in enumerate(zip(outputs, counts, strict=True)):
            count.unlink(missing_ok=True)
            out = stack.enter_context(open(output, "w", encoding="utf-8")) if workers > 1 else None
            processes.append(
                subprocess.Popen(
                    command(number),
                    cwd=paths.CHECKOUT,
                    env={**environment, COUNTS: str(count)},
                    stdout=out,
                    stderr=out,
                    start_new_session=True,
                )
            )
        try:
            codes = wait(processes, claims)
        finally:
            for process in processes:
                end_group(process)
    if workers > 1:
        for output in outputs:
            steps.say(output.read_text(encoding="utf-8", errors="replace"))
        say_sum(counts)
    return max(map(abs, codes))


def wait(processes, claims):
    """Return the exit codes, telling now and then how far it is."""
    told = time.monotonic()
    while any(process.poll() is None for process in processes):
        time.sleep(0.5)
        if len(processes) > 1 and time.monotonic() - told > 60:
            told = time.monotonic()
            steps.say(f"   {len(list(claims.iterdir()))} files of tests begun")
    return [process.returncode for process in processes]


def say_sum(counts):
    """Print what all processes counted together, and which files took longest; a process that wrote nothing was lost,
    and its exit code says so.
    """
    counted = [json.loads(path.read_text(encoding="utf-8")) for path in counts if path.exists()]
    spent = {}
    for part in counted:
        spent.update(part["seconds"])
    for file, seconds in sorted(spent.items(), key=lambda pair: -pair[1])[:DEAREST]:
        steps.say(f"   {seconds:4.0f} s  {file}")
    passed, failed = (sum(part[outcome] for part in counted) for outcome in ("passed", "failed"))
    steps.say(f"{passed} passed, {failed} failed")


def end_group(process):
    """End what the tests may have left running, browsers above all."""
    try:
        os.killpg(process.pid, 15)
        time.sleep(0.5)
        os.killpg(process.pid, 9)
    except ProcessLookupError:
        pass
