"""The table object: one for each report; print, spreadsheet and screen show the same one and cannot disagree.

The contract
------------
``Table(env, scope)`` computes nothing yet. It has

- ``title``, ``subtitle`` (council, period, filters) and ``notes`` (sentences below the title): texts;
- ``columns``: list of :class:`Column`, known before any row is;
- ``rows()``: iterator over tuples, one value for each column, read from the database while it is consumed;
- ``kept``: the same as a list that is read once, for parts of a larger report;
- ``shown(row)``: the same row as texts in the reader's language;
- ``total``: see :class:`Total`; a table is summed by whoever goes through its rows, once.

A value is None where there is nothing, otherwise by the kind of its column:

=========  ===========================================================================================
text       str, as people read it; digits become the reader's where it is shown
code       str that stays letter by letter: hashes, addresses
integer    int
share      float, 0 to 1
day        ``date``, a Tehran day
moment     naive ``datetime`` on Tehran's clock (never UTC)
mark       :class:`Mark`, a short text and its tone
=========  ===========================================================================================

Tables read and never write. They read with the rights of ``env``: every model of ``reads`` must be readable, rows
come through ``_search`` with its record rules (``_readable_rows``), and ``check_access`` refuses councils that the
reader may not see here. Where a fact is read as superuser it belongs to a record that was read with rights, and the
line says why.

A new report is a subclass in a file of its own, listed in ``report/tables.py``.
"""

from functools import cached_property
from typing import NamedTuple

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL

from .text import Words

#: roles that see the reports of every council; the auditor, who acts nowhere, is a group and no role
OFFICES = frozenset({"president", "office", "head", "secretariat", "system"})


class Column(NamedTuple):
    """A column of a table.

    :param name: key, a Python name
    :param label: heading, in the reader's language
    :param kind: see the contract above
    :param width: in characters, as spreadsheets count
    :param total: the table's last line sums it up
    """

    name: str
    label: str
    kind: str = "text"
    width: int = 14
    total: bool = False


class Mark(NamedTuple):
    """A short text and how it looks: tone ``ok``, ``warn``, ``bad`` or ``none``."""

    text: str
    tone: str = "none"


class Total:
    """Sums up rows that go past: ``add`` each, then ask ``row``."""

    def __init__(self, columns):
        self.places = [place for place, column in enumerate(columns) if column.total]
        self.width = len(columns)
        self.sums = dict.fromkeys(self.places, 0)

    def add(self, row):
        """Take a row in."""
        for place in self.places:
            self.sums[place] += row[place] or 0

    def row(self):
        """The last line as a row; None for a table that sums nothing up."""
        return tuple(self.sums.get(place) for place in range(self.width)) if self.places else None


class Table:
    """Base of the reports; see the module for the contract."""

    #: key of the report
    code = ""
    #: models that the reader must be able to read
    reads = ()
    #: whether members may see it of their own councils; otherwise it is for those who oversee a council
    for_members = False
    #: what beside councils and period it can be asked about: "person", "month", "state"
    takes = frozenset()
    #: (model, field) whose values are the states it can be asked about
    states_of = None
    #: {model: domain field}: records chosen in a list of that model narrow the rows by this field
    chosen_by = {}
    #: number of columns that stay in sight
    frozen = 0

    def __init__(self, env, scope):
        self.env = env
        self.scope = scope
        self.words = Words(env)
        self.columns = self._columns()

    # --- to be written by each report ---

    @classmethod
    def name(cls, env):
        """Name of the report, in the reader's language."""
        raise NotImplementedError

    def _columns(self):
        """The columns."""
        raise NotImplementedError

    def rows(self):
        """Iterate over the rows."""
        raise NotImplementedError

    # --- texts ---

    @cached_property
    def kept(self):
        """Its rows as a list, read once, for parts of a larger report that look at them from several sides."""
        return list(self.rows())

    @property
    def title(self):
        return self.name(self.env)

    @property
    def report_title(self):
        """Name of the report that it is a part of."""
        return self.title

    @property
    def sheet_title(self):
        """Name of its sheet in a workbook."""
        return self.title

    @property
    def subtitle(self):
        """Of which councils, which period, what else it is about."""
        scope = self.scope
        parts = [self.councils_text(), self.period_text()]
        if scope.partners:
            parts.append(self.words.join(scope.partners.mapped("name")))
        if scope.state:
            parts.append(dict(self.states(self.env))[scope.state])
        return " · ".join(parts)

    def period_text(self):
        """The period or the day it is about."""
        return self.scope.period_text(self.env)

    def councils_text(self):
        """The councils it is about: their names, or how many."""
        councils = self.scope.councils
        if len(councils) > 3:
            return self.env._("%(count)s councils", count=self.words.digits[len(councils)])
        return self.words.join(councils.mapped("name"))

    @property
    def notes(self):
        """Sentences that explain the table."""
        return []

    def shown(self, row):
        """``row`` as texts in the reader's language."""
        return [self._shown(column.kind, value) for column, value in zip(self.columns, row, strict=True)]

    def _shown(self, kind, value):
        if value is None or value == "":
            return ""
        words = self.words
        if kind == "mark":
            return words.digits[value.text]
        if kind == "share":
            return words.digits[f"{value:.0%}"]
        if kind == "day":
            return words.day[value]
        if kind == "moment":
            return f"{words.day[value.date()]} {words.digits[value.strftime('%H:%M')]}"
        return value if kind == "code" else words.digits[value]

    @classmethod
    def states(cls, env):
        """[(value, label)] of the states it can be asked about."""
        if not cls.states_of:
            return []
        model, field = cls.states_of
        return env[model]._fields[field]._description_selection(env)

    # --- who may read ---

    @classmethod
    def may_read(cls, env):
        """Whether the reader may see this report of any council at all."""
        return cls._readable(env) and bool(cls.councils(env))

    @classmethod
    def _readable(cls, env):
        return env.user._is_internal() and all(env[model].has_access("read") for model in cls.reads)

    @classmethod
    def councils(cls, env):
        """The councils whose report the reader may see, past ones too; empty for none."""
        councils, user = env["shora.council"].with_context(active_test=False), env.user
        offices = user._shora_roles(env["shora.council"]) & OFFICES
        if env.su or offices or user.has_group("shora_council.group_shora_auditor"):
            return councils.search(Domain.TRUE)
        own = Domain.FALSE
        if user.has_group("shora_council.group_shora_staff"):
            own |= Domain("i_am_staff", "=", True) | Domain("i_am_secretary", "=", True)
        if cls.for_members and user.has_group("shora_council.group_shora_member"):
            own |= Domain("i_am_member", "=", True)
        return councils.search(own)

    @classmethod
    def check_access(cls, env, scope):
        """
        :raises AccessError: the reader may not see this report, or not of one of the councils asked about
        """
        if not cls._readable(env):
            raise AccessError(env._("The report “%(report)s” is not for your role.", report=cls.name(env)))
        if scope.councils - cls.councils(env):
            raise AccessError(env._("You may see the report “%(report)s” of your councils only.", report=cls.name(env)))

    @classmethod
    def tables(cls, env, scope):
        """The tables of this report: one, unless each council needs columns of its own.

        :raises AccessError: see :meth:`check_access`
        """
        cls.check_access(env, scope)
        return [cls(env, scope)]

    # --- for the subclasses ---

    def _chosen(self):
        """Domain of the records chosen in a list; everything where none were."""
        records = self.scope.records
        if records is None:
            return Domain.TRUE
        return Domain(self.chosen_by[records._name], "in", records.ids)

    def _readable_rows(self, model, domain):
        """The rows of ``model`` in ``domain`` that the reader may read, as a table for FROM and JOIN.

        A table, not a list of ids: so the database begins with them, whatever is joined to them.
        """
        records = self.env[model]
        return records._search(domain).subselect(SQL("%s.*", SQL.identifier(records._table)))

    def _council_sql(self, alias="c"):
        """Short name of the council in the reader's language, as SQL."""
        return self.env["shora.council"]._field_to_sql(alias, "short_name")

    def _today(self):
        return self.env["shora.council"]._today()
