"""What a page of the guide is made of."""

from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class Step:
    """One thing to do.

    ``clause`` is its code in the by-law; ``text`` a translatable sentence with a place for each of ``marks``.
    """

    clause: str
    text: object
    marks: dict = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Section:
    title: object
    steps: tuple


@dataclass(frozen=True, eq=False)
class Page:
    """The guide of a role; it is the own page of who has one of ``groups``."""

    role: str
    title: object
    intro: object
    groups: tuple
    sections: tuple

    @property
    def steps(self):
        return [step for section in self.sections for step in section.steps]


def step(clause, text, **marks):
    """A step whose places are filled by ``marks``."""
    return Step(clause, text, marks)
