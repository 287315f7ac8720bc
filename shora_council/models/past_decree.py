from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.uninstall import is_uninstalling

#: what a file may say, in the order of the template
COLUMNS = (
    "council",
    "seat",
    "person",
    "email",
    "title",
    "kind",
    "date_from",
    "date_to",
    "end_reason",
    "official_number",
    "official_date",
    "principal",
    "academic_rank",
    "field_of_study",
)
REQUIRED = ("council", "person", "kind", "date_from")


class FaultyRows(ValidationError):
    """Rows that cannot be imported; ``problems`` are pairs of the row's position (from 0) and the sentence."""

    def __init__(self, message, problems):
        super().__init__(message)
        self.problems = problems


class ShoraPastDecree(models.Model):
    """One decree of an earlier year as a file told it: the proof of a council's imported past (section 6).

    Creating rows is one act: they are judged together, then the final decrees and memberships are written, marked as
    imported, without number, PDF or seal of ours. Nothing of a set with a faulty row is kept. A row says what the file
    said; nobody changes or deletes it afterwards. Reading the cells is ``past_decree_reading``, finding the people
    ``past_decree_people``, judging ``past_decree_judging``, writing ``past_decree_effects``.
    Access: administrators of councils and HR managers import; the Centre's offices, HR officers and the auditor read.
    """

    _name = "shora.past.decree"
    _description = "Imported past decree"
    _rec_name = "person"
    _order = "create_date desc, id"

    council = fields.Char(required=True, help="Code, short name or name of the council.")
    seat = fields.Char(help="Code of the seat, for example A3; empty is enough for a chair.")
    person = fields.Char(required=True, string="Name of the person")
    email = fields.Char(string="E-mail of the person")
    title = fields.Char(string="Title in letters")
    kind = fields.Char(required=True, string="Kind of decree")
    date_from = fields.Char(required=True, string="First day", help="Jalali as 1402/05/01, or Gregorian.")
    date_to = fields.Char(string="Last day", help="Inclusive; an expert's term always has one.")
    end_reason = fields.Char(string="Reason of the end")
    official_number = fields.Char(string="Official number")
    official_date = fields.Char(string="Official date")
    principal = fields.Char(
        string="Represents", help="Standing representative only: name or e-mail of the person represented."
    )
    academic_rank = fields.Char(string="Academic rank")
    field_of_study = fields.Char(string="Field of study")

    decree_id = fields.Many2one("shora.decree", required=True, readonly=True, index=True, ondelete="restrict")
    council_id = fields.Many2one(
        "shora.council", required=True, readonly=True, index=True, ondelete="restrict", string="Council of the decree"
    )
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    create_uid = fields.Many2one("res.users", string="Imported by", readonly=True)
    create_date = fields.Datetime(string="Imported on", readonly=True)

    _one_row = models.UniqueIndex("(decree_id)", "A decree was imported by one row.")

    @api.model_create_multi
    def create(self, vals_list):
        """All rows or none.

        :raises FaultyRows: every faulty row with its reason
        """
        self.check_access("create")
        foreign = sorted({name for vals in vals_list for name in vals} - set(COLUMNS))
        if foreign:
            raise UserError(
                self.env._("%(fields)s: not a column of past decrees.", fields=self.env["shora.words"]._join(foreign))
            )
        items, problems = self._judge_rows(vals_list)
        if problems:
            raise FaultyRows(self._problem_text(problems), problems)
        self._write_decrees(items)
        # Every column is set, so that no default of a client gets in.
        return super().create(
            [
                {
                    **{name: item.cells[name] or False for name in COLUMNS},
                    "decree_id": item.decree.id,
                    "council_id": item.council.id,
                }
                for item in items
            ]
        )

    def _problem_text(self, problems):
        return "\n".join(
            self.env._("Row %(row)s: %(problem)s", row=index + self._first_row(), problem=text)
            for index, text in sorted(problems)
        )

    def write(self, vals):
        if vals:
            raise UserError(self.env._("A row of an imported past is proof and is never changed."))
        return super().write(vals)

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_may_unlink()
        return super().unlink()

    def _check_may_unlink(self):
        if self:
            raise UserError(self.env._("A row of an imported past is proof and is kept, like its decree."))

    # --- Odoo's import ---

    @api.model
    def get_import_templates(self):
        return [
            {"label": self.env._("Template for past decrees"), "template": "/shora/past-decrees/template.xlsx"},
        ]

    @api.model
    def _template(self):
        """(headings, example rows, right to left?, note) of the template, in the reader's language."""
        council = self.env["shora.council"].search([("is_coordination", "=", False)], limit=1)
        persian = self.env["shora.words"]._is_persian()
        words = {
            "council": council.code or "",
            "seat": "ب-۱" if persian else "B1",
            "person": self.env._("Example: Maryam Ahmadi"),
            "email": "m.ahmadi@example.com",
            "title": self.env._("Dr."),
            "kind": self.env._("Appointment"),
            "date_from": "1402/05/01",
            "date_to": "1403/04/31",
            "end_reason": self.env._("Expired"),
            "official_number": "1402/1250",
            "official_date": "1402/04/25",
            "principal": "",
            "academic_rank": self.env._("Associate professor"),
            "field_of_study": self.env._("International relations"),
        }
        chair = {**words, "kind": self.env._("Chair"), "official_number": "1402/1251", "academic_rank": ""}
        chair["field_of_study"] = ""
        note = self.env._(
            "One row a decree. Days are Jalali (1402/05/01) or Gregorian (2023-07-23). Delete the examples before the "
            "import."
        )
        rows = [[row[name] for name in COLUMNS] for row in (words, chair)]
        return list(self._labels().values()), rows, persian, note

    @api.model
    def load(self, fields, data):
        """Import a file's rows as one act, whatever batch size was asked for.

        Every faulty row is reported, where Odoo's own loader stops after ten, and nothing is kept then.

        :param fields: column names
        :param data: rows of text
        :return: as Odoo's own: ids (False with errors), messages, nextrow (always 0)
        """
        self.check_access("create")
        wrong = self._wrong_columns(fields)
        if wrong:
            messages = [{"type": "error", "message": text, "rows": {"from": 0, "to": 0}} for text in wrong]
            return {"ids": False, "messages": messages, "nextrow": 0}
        try:
            rows = self.create([dict(zip(fields, row, strict=True)) for row in data])
        except FaultyRows as faulty:  # raised before anything is written
            return {"ids": False, "messages": self._import_messages(faulty.problems), "nextrow": 0}
        return {"ids": rows.ids, "messages": [], "nextrow": 0}

    def _wrong_columns(self, names):
        labels = self._labels()
        reasons = [
            self.env._("The column “%(column)s” cannot be imported.", column=name)
            for name in names
            if name not in COLUMNS
        ]
        reasons += [
            self.env._("The column “%(column)s” occurs twice.", column=labels[name])
            for name in COLUMNS
            if list(names).count(name) > 1
        ]
        return reasons + [
            self.env._("The column “%(column)s” is missing; the template has it.", column=labels[name])
            for name in REQUIRED
            if name not in names
        ]

    def _import_messages(self, problems):
        """Messages as Odoo's import screen wants them. It shows one of several with the same text, so rows with the
        same problem share one message that lists them.
        """
        words = self.env["shora.words"]
        first = self._first_row()
        rows = {}
        for index, text in sorted(problems):
            rows.setdefault(text, []).append(index)
        messages = []
        for text, indexes in rows.items():
            if len(indexes) > 1:
                numbers = self.env["shora.words"]._join(words._digits(index + first) for index in indexes)
                text = self.env._("%(problem)s (rows %(rows)s)", problem=text, rows=numbers)
            messages.append(
                {
                    "type": "error",
                    "message": text,
                    "record": words._digits(indexes[0] + first),
                    "rows": {"from": indexes[0], "to": indexes[0]},
                }
            )
        return messages

    @api.model
    def _labels(self):
        """{column: its heading in the reader's language}."""
        return {name: self._fields[name]._description_string(self.env) for name in COLUMNS}
