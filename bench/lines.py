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


def ratio(title, slow, floor, goal, unit="s"):
    """A line for the ratio of two durations measured in the same run."""
    factor = slow / floor
    result = f"{slow:.2f} {unit} / {floor:.2f} {unit} = {factor:.2f}"
    return Line(title, result, f"at most {goal:g}", factor <= goal)
