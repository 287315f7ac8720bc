"""Coverage of views and tendencies (article 4, note 1): advice only, it never blocks."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the members of a council cover of a list of themes or tendencies.

    :param counts: (wanted, number of members who carry it), in the order wanted
    """

    counts: tuple[tuple[Hashable, int], ...]

    @property
    def covered(self) -> tuple[Hashable, ...]:
        """Wanted and carried by at least one member."""
        return tuple(key for key, count in self.counts if count)

    @property
    def gaps(self) -> tuple[Hashable, ...]:
        """Wanted and carried by nobody."""
        return tuple(key for key, count in self.counts if not count)

    @property
    def covers_most(self) -> bool:
        """More than half of what is wanted is covered, or nothing is wanted."""
        return not self.counts or 2 * len(self.covered) > len(self.counts)


def coverage(wanted: Iterable[Hashable], members: Iterable[Iterable[Hashable]]) -> Coverage:
    """Coverage of ``wanted`` by the members.

    :param wanted: themes or tendencies of the council; repeats count once
    :param members: per member what he carries; what is not wanted is left out
    """
    carried = Counter(key for carries in members for key in set(carries))
    return Coverage(tuple((key, carried[key]) for key in dict.fromkeys(wanted)))


def by_dimension(
    wanted: Mapping[Hashable, Iterable[Hashable]], members: Iterable[Iterable[Hashable]]
) -> dict[Hashable, Coverage]:
    """Coverage per dimension (intellectual, scientific, executive).

    :param wanted: dimension -> its tendencies
    :param members: per member the tendencies of all dimensions
    """
    members = [tuple(carries) for carries in members]
    return {dimension: coverage(tendencies, members) for dimension, tendencies in wanted.items()}
