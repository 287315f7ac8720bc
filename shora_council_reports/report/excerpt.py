"""Some columns of another table, as a part of a larger report: the figures are that table's own."""

from .table import Table


class Excerpt(Table):
    """A table seen through some of its columns, under a heading of its own.

    :param table: the whole one, whose rights were asked for
    :param names: of its columns, in the order in which they are shown; unknown ones are left out
    :param title: heading; default the table's own
    :param report: the report it is a part of (its class)
    """

    def __init__(self, table, names, title=None, report=None):
        places = {column.name: place for place, column in enumerate(table.columns)}
        self._places = [places[name] for name in names if name in places]
        self._whole, self._heading, self._report = table, title, report
        super().__init__(table.env, table.scope)

    @property
    def title(self):
        return self._heading or self._whole.title

    @property
    def report_title(self):
        return self._report.name(self.env) if self._report else self.title

    @property
    def sheet_title(self):
        return self.title

    @property
    def subtitle(self):
        return self._whole.subtitle

    @property
    def notes(self):
        return self._whole.notes

    def period_text(self):
        return self._whole.period_text()

    def _columns(self):
        return [self._whole.columns[place] for place in self._places]

    def rows(self):
        return (tuple(row[place] for place in self._places) for row in self._whole.kept)
