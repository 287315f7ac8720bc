"""Tables of measurements: on the screen, in ``bench/RESULTS.md`` and, the one of ``make bench``, in the README.

What stands between two marks is written anew; everything else of the files is kept by hand.
"""

import os
import platform
import re
from datetime import date

from . import paths, postgres, steps

FILE = paths.CHECKOUT / "bench" / "RESULTS.md"
README = paths.CHECKOUT / "README.md"
BENCH_HEAD = ("measured", "result", "goal", "reached")
LOAD_HEAD = ("request", "number", "p50", "p95", "longest")


def show(head, rows):
    """Print a table."""
    widths = [max(len(row[index]) for row in [head, *rows]) for index in range(len(head))]
    steps.say("")
    for row in [head, tuple("-" * width for width in widths), *rows]:
        steps.say("   " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def write(name, machine, head, rows, facts=(), file=FILE):
    """Put a table between the marks ``name`` of ``file``, with the day and the machine it comes from."""
    text = file.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    body = "\n".join([f"{date.today()}, {machine}.", *facts, "", *markdown(head, rows)])
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    file.write_text(pattern.sub(lambda _old: f"{begin}\n{body}\n{end}", text), encoding="utf-8")


def markdown(head, rows):
    """The lines of a table in Markdown."""
    lines = [head, tuple("---" for _cell in head), *rows]
    return [f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in lines]


def machine():
    """Cores and versions, nothing that names the machine; asked while the database runs."""
    ((server,),) = postgres.query("SHOW server_version")
    version = server.split()[0]
    return f"{os.cpu_count()} cores, PostgreSQL {version}, Python {platform.python_version()}, Odoo 19.0"
