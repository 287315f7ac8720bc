"""``make bench``: what was promised about speed, measured on this machine, beside its goals.

The whole of it goes into ``bench/RESULTS.md`` and the README; ``BENCH="closing"`` narrows and writes nothing.
"""

import json
import os
import subprocess

from . import checks, conf, database, house, paths, postgres, results, steps

NAME = "shora_bench"
MARK = "BENCH "
# dev/ comes first where odoo-bin runs, and has a bench of its own: this file
SCRIPT = f"import sys; sys.path.insert(0, {str(paths.CHECKOUT)!r})\nfrom bench.run import main; main(env)\n"


def bench():
    """Make a database, measure, print the table. Raises Failure when a goal is missed or a measurement fails."""
    house.set_up()
    started = house.start_database()
    try:
        database.copy(checks.prepare(), NAME)
        rows = measure()
        machine = results.machine()
    finally:
        database.drop(NAME)
        if started:
            postgres.stop()
    results.show(results.BENCH_HEAD, rows)
    if not os.environ.get("BENCH"):
        for file in (results.FILE, results.README):
            results.write("bench", machine, results.BENCH_HEAD, rows, file=file)
    missed = [row[0] for row in rows if row[-1] != "yes"]
    if missed:
        raise steps.Failure(f"goals missed: {'; '.join(missed)}. Run it again on an idle machine before believing it")


def measure():
    """Run the measurements inside Odoo and return their rows, saying each as it comes."""
    log = steps.log_path("bench")
    command = [paths.PYTHON, database.ODOO_BIN, "shell", "-c", paths.CONF, "-d", NAME, "--no-http"]
    environment = {**conf.environment(), "PYTHONPATH": str(paths.CHECKOUT), "BENCH": os.environ.get("BENCH", "")}
    rows = []
    with open(log, "w", encoding="utf-8") as out, steps.step("Measuring"):
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=out,
            cwd=paths.CHECKOUT,
            env=environment,
            text=True,
        )
        process.stdin.write(SCRIPT)
        process.stdin.close()
        for line in process.stdout:
            out.write(line)
            if line.startswith(MARK):
                rows.append(tuple(json.loads(line.removeprefix(MARK))))
                steps.say(f"   {rows[-1][0]}: {rows[-1][1]}")
        code = process.wait()
    if code or "Traceback" in log.read_text(encoding="utf-8"):
        raise steps.Failure(f"a measurement broke off: see {steps.shown(log)}")
    return rows
