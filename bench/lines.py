"""What a measurement says: one line of the table."""

import time
from dataclasses import dataclass


@dataclass
class Line:
    title: str
    result: str
    goal: str
    reached: bool

    def row(self):
        """The cells of the table."""
        return self.title, self.result, self.goal, "yes" if self.reached else "NO"


def best(call, times=3):
    """Seconds of the fastest of several runs, so that other load on the machine counts least."""
    seconds = []
    for _run in range(times):
        begun = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


def beside(call, floor, times=4):
    """Seconds of the fastest of several runs of both, in turn, so that other load on the machine meets both."""
    runs = [(best(call, 1), best(floor, 1)) for _run in range(times)]
    return min(run[0] for run in runs), min(run[1] for run in runs)


def ratio(title, slow, floor, goal, unit="s"):
    """A line for the ratio of two durations measured in the same run."""
    factor = slow / floor
    result = f"{slow:.2f} {unit} / {floor:.2f} {unit} = {factor:.2f}"
    return Line(title, result, f"at most {goal:g}", factor <= goal)


def undone(env, call, times=3):
    """(seconds of the fastest run, queries of the last one) of ``call`` with all that is written when a request ends;
    each run is rolled back.
    """
    seconds, queries = [], 0
    for _run in range(times):
        env.cr.flush()
        env.invalidate_all()
        env.cr.execute("SAVEPOINT bench")
        queries, begun = env.cr.sql_log_count, time.perf_counter()
        call()
        env.cr.flush()
        seconds.append(time.perf_counter() - begun)
        queries = env.cr.sql_log_count - queries
        env.cr.execute("ROLLBACK TO SAVEPOINT bench")
        env.cr.postcommit.clear()
        env.cr.postrollback.clear()
        env.invalidate_all(flush=False)
    return min(seconds), queries


def growth(title, found, sizes, goal):
    """A line for what the larger of two ``sizes`` takes beside the smaller; ``found`` is {size: (seconds, queries)}."""
    (few, of_few), (many, of_many) = (found[size] for size in sizes)
    result = f"{many * 1000:.0f} ms / {few * 1000:.0f} ms = {many / few:.2f} ({of_many} / {of_few} queries)"
    return Line(title, result, f"at most {goal:g}", many <= goal * few)
