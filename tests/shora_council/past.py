"""Files of a council's past, as people bring them, driven through Odoo's own import."""

import csv
import io

import openpyxl

from tests.common import ShoraCase

EXPERTS = 11

HEADINGS = {
    "council": "Council",
    "seat": "Seat",
    "person": "Name of the person",
    "email": "E-mail of the person",
    "title": "Title in letters",
    "kind": "Kind of decree",
    "date_from": "First day",
    "date_to": "Last day",
    "end_reason": "Reason of the end",
    "official_number": "Official number",
    "official_date": "Official date",
    "principal": "Represents",
    "academic_rank": "Academic rank",
    "field_of_study": "Field of study",
}
OPTIONS = {"quoting": '"', "separator": ",", "has_headers": True, "limit": 2000, "skip": 0}


def row(**cells):
    """One expert's year that ended by its term, unless ``cells`` say otherwise."""
    return {
        "council": "P1",
        "seat": "B1",
        "person": "Past person",
        "kind": "appointment",
        "date_from": "1402/05/01",
        "date_to": "1403/04/31",
        **cells,
    }


def text_table(rows, headings=None, encoding="utf-8"):
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(headings or HEADINGS.values())
    writer.writerows([cells.get(name, "") for name in HEADINGS] for cells in rows)
    return buffer.getvalue().encode(encoding)


def workbook(rows):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(list(HEADINGS.values()))
    for cells in rows:
        sheet.append([cells.get(name) for name in HEADINGS])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


class Importer:
    """Mixed into test cases: the steps of Odoo's import screen."""

    def wizard(self, content, name="past.csv", user=None):
        kind = "text/csv" if name.endswith("csv") else ""
        return (
            self.env["base_import.import"]
            .with_user(user or self.admin)
            .create({"res_model": "shora.past.decree", "file": content, "file_name": name, "file_type": kind})
        )

    def preview(self, content, name="past.csv", user=None, **options):
        return self.wizard(content, name, user).parse_preview({**OPTIONS, **options})

    def bring(self, content, name="past.csv", dryrun=False, user=None, **options):
        """Upload, look at the preview, import with the mapping that it proposes."""
        wizard = self.wizard(content, name, user)
        options = {**OPTIONS, **options}
        preview = wizard.parse_preview(options)
        self.assertNotIn("error", preview)
        headings = preview["headers"]
        names = ["/".join(preview["matches"].get(index, [])) or False for index in range(len(headings))]
        return wizard.execute_import(names, headings, preview["options"], dryrun=dryrun)

    def bring_rows(self, *rows, **kwargs):
        return self.bring(text_table(rows), **kwargs)

    def reasons(self, *rows, **kwargs):
        """{row of the file: sentence}; fails when the file was taken."""
        result = self.bring_rows(*rows, **kwargs)
        self.assertFalse(result["ids"], "the file was taken")
        found = {}
        for message in result["messages"]:
            found.setdefault(int(message["record"]), []).append(message["message"])
        return {number: "\n".join(texts) for number, texts in found.items()}


class PastCase(Importer, ShoraCase):
    """A second council without a past, and somebody of HR who may import one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.past = cls.make_council("P1")
        cls.hr_manager = cls.make_user("t_hr_manager", "base.group_user,hr.group_hr_manager")

    def decrees(self):
        return self.env["shora.decree"].search([("council_id", "=", self.past.id)])

    def kept(self):
        """Everything that an import could leave behind."""
        return [
            self.env[model].search_count([])
            for model in ("shora.past.decree", "shora.decree", "shora.membership", "res.partner")
        ]

    def years(self, count):
        """``count`` experts' years in consecutive Jalali years from 1355, eleven seats."""
        rows = []
        for index in range(count):
            year = 1355 + index // EXPERTS
            rows.append(
                row(
                    seat=f"B{index % EXPERTS + 1}",
                    person=f"Expert number {index % 30}-{index % EXPERTS}",
                    email=f"expert{index % 30}x{index % EXPERTS}@example.com",
                    date_from=f"{year}/02/01",
                    date_to=f"{year + 1}/01/31",
                    kind="renewal" if index % 2 else "appointment",
                    end_reason="expired",
                    official_number=f"{index}",
                    official_date=f"{year}/01/20",
                )
            )
        return rows
