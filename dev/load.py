"""``make load``: a day under load. Eight secretaries mark, close and read, fifty members open a pack on the portal, on
two workers of a real server, for five minutes (``LOAD=60`` for one); afterwards it is looked up whether all of it is
there, once.
"""

import json
import os
import re
import subprocess
from collections import defaultdict

from . import checks, conf, database, house, mails, paths, postgres, results, run, steps

NAME = "shora_load"
WORKERS = 2
SECONDS = int(os.environ.get("LOAD") or 300)
FACTS, TOLD = paths.HOUSE / "load-facts.json", paths.HOUSE / "load-told.json"
REPLAYED = re.compile(r"tries left, try again in")


def load():
    """Fill a database, start the server and the clients, look up what they did. Raises Failure for any error."""
    house.set_up()
    if run.answers():
        raise steps.Failure(f"port {conf.HTTP_PORT} is taken: stop what runs there or set SHORA_HTTP_PORT")
    started = house.start_database()
    try:
        database.copy(checks.prepare(), NAME)
        with steps.step("Eight councils, fifty members, their sessions"):
            shell("load_data", FACTS)
        with mails.catcher():
            log = serve(clients)
        wrong, compared = looked_up()
        machine = results.machine()
    finally:
        database.drop(NAME)
        if started:
            postgres.stop()
    tell(machine, wrong, compared, log.read_text(encoding="utf-8", errors="replace"))


def shell(module, file):
    """Run ``main(env)`` of a module of ``bench`` in ``odoo-bin shell``; return what it printed. Raises Failure."""
    script = f"import sys; sys.path.insert(0, {str(paths.CHECKOUT)!r})\nfrom bench.{module} import main; main(env)\n"
    command = [paths.PYTHON, database.ODOO_BIN, "shell", "-c", paths.CONF, "-d", NAME, "--no-http"]
    environment = {**conf.environment(), "PYTHONPATH": str(paths.CHECKOUT), "SHORA_LOAD": str(file)}
    log = steps.log_path(module)
    with open(log, "w", encoding="utf-8") as out:
        done = subprocess.run(
            [str(part) for part in command],
            input=script,
            stdout=subprocess.PIPE,
            stderr=out,
            cwd=paths.CHECKOUT,
            env=environment,
            text=True,
            check=False,
        )
        out.write(done.stdout)
    if done.returncode or "LOAD " not in done.stdout:
        raise steps.Failure(f"bench/{module}.py broke off: see {steps.shown(log)}")
    return done.stdout


def serve(work):
    """Run the server with its workers while ``work`` does; return the path of its log."""
    log = steps.log_path("load")
    options = (
        *(f"--workers={WORKERS}", f"--gevent-port={conf.HTTP_PORT + 500}"),
        "--limit-time-real-cron=1200",  # all jobs are due at once in a new database, beside two busy workers
    )
    with run.serving(NAME, log, *options):
        work()
    return log


def clients():
    """The clients, in a process of their own."""
    command = [paths.PYTHON, "-m", "bench.load", FACTS, f"http://127.0.0.1:{conf.HTTP_PORT}", SECONDS, TOLD]
    with steps.step(f"58 people at work for {SECONDS} seconds"):
        done = subprocess.run([str(part) for part in command], cwd=paths.CHECKOUT, env=conf.environment(), check=False)
    if done.returncode:
        raise steps.Failure("the clients broke off")


def looked_up():
    """(what is not as the clients left it, how much was compared)."""
    printed = shell("load_check", TOLD)
    wrong = [line.removeprefix("WRONG ") for line in printed.splitlines() if line.startswith("WRONG ")]
    (compared,) = [line.removeprefix("LOAD ") for line in printed.splitlines() if line.startswith("LOAD ")]
    return wrong, json.loads(compared)


def tell(machine, wrong, compared, log):
    """Print and write what was measured. Raises Failure for any error."""
    told = json.loads(TOLD.read_text(encoding="utf-8"))
    errors = [f"{kind}: {words}" for kind, words in told["errors"]]
    errors += [line[:300] for line in log.splitlines() if re.match(r"\S+ \S+ \d+ (ERROR|CRITICAL) ", line)]
    rows = table(told["requests"])
    facts = [
        f"{SECONDS} seconds, 8 secretaries and 50 members, {WORKERS} workers, 1 to 3 seconds between two requests.",
        f"Errors: {len(errors)}. Requests replayed by Odoo after a concurrent update: {len(REPLAYED.findall(log))}.",
        f"Looked up afterwards: {compared['marks']} marks, {compared['closings']} closed sessions, {compared['packs']} "
        f"downloads of a pack, the deemed resignations that follow; not as the clients left it: {len(wrong)}.",
    ]
    for line in (*facts, *errors, *wrong):
        steps.say(f"   {line}")
    results.show(results.LOAD_HEAD, rows)
    if not errors and not wrong and SECONDS >= 300:
        results.write("load", machine, results.LOAD_HEAD, rows, facts)
    if errors or wrong:
        raise steps.Failure(f"{len(errors)} errors, {len(wrong)} things not as the clients left them")


def table(requests):
    """One row for each kind of request, and one for all."""
    kinds = defaultdict(list)
    for kind, seconds in requests:
        kinds[kind].append(seconds)
        kinds["all"].append(seconds)
    return [
        (kind, str(len(seconds)), *(f"{at(seconds, share) * 1000:.0f} ms" for share in (0.5, 0.95, 1)))
        for kind, seconds in sorted(kinds.items(), key=lambda item: (item[0] == "all", item[0]))
    ]


def at(seconds, share):
    """The value below which ``share`` of the sorted ``seconds`` lie."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
