import json

from odoo import models

#: what a row of the attendance is where the content has it beside the members
KINDS = {"guests": "guest", "non_members": "non_member", "secretariat": "secretariat"}
#: fields of a row that the content names, but not in its older versions
LATER = {"person": "person", "membership_id": "membership", "capacity": "capacity", "by_video": "video"}


class ShoraIntegrityReading(models.AbstractModel):
    """The rows of the attendance against the sealed minutes and addenda: clause 5-6 reads the rows."""

    _name = "shora.integrity.reading"
    _inherit = "shora.integrity.reading"

    def _of_facts(self, minutes, seal):
        """Of minutes: the session's rows against them and the sealed addenda after them (5-6 reads the rows)."""
        if minutes._name != "shora.minutes":
            return []
        try:
            expected = self._sealed_attendance(json.loads(minutes.content_json)["content"])
            for addendum in minutes.addendum_ids.filtered("content_json").sorted("number"):
                for line in json.loads(addendum.content_json)["content"]["lines"]:
                    expected.setdefault(line.get("attendance"), {}).update(name=line["name"], status=line["to"])
        except (AttributeError, KeyError, TypeError, ValueError):
            return []  # content that is no content is named already
        if None in expected:
            return []  # sealed before the content named its rows
        rows = self.env["shora.attendance"].search([("session_id", "=", seal.session_id.id)])
        problems = [
            self._problem("missing", rows.browse(row_id), seal.name, sealed["name"])
            for row_id, sealed in expected.items()
            if row_id not in rows._ids
        ]
        for row in rows:
            if row.id not in expected:
                problems.append(self._problem("added", row, seal.name, row.partner_id.name))
            else:
                sealed = expected[row.id]
                problems += [
                    self._problem("altered", row, f"{self._label(row, name)} · {seal.name}", sealed["name"])
                    for name in self._attendance_departures(row, sealed)
                ]
        return problems

    def _of_traces(self, minutes, seal):
        """Of minutes: the traces of corrections against the sealed addenda that made them.

        One before the minutes has no seal; the minutes show its outcome.
        """
        if minutes._name != "shora.minutes":
            return []
        sealed = {}
        try:
            for addendum in minutes.addendum_ids.filtered("content_json"):
                content = json.loads(addendum.content_json)["content"]
                for line in content["lines"]:
                    trace = {"status_from": line["from"], "status_to": line["to"], "reason": content["reason"]}
                    trace["changed_by_id"] = content["signed_by"].get("user")
                    sealed[addendum.id, line["attendance"]] = {"name": line["name"], **trace}
        except (AttributeError, KeyError, TypeError, ValueError):
            return []  # as above
        changes = self.env["shora.attendance.change"].search([("addendum_id", "in", minutes.addendum_ids.ids)])
        there = {(change.addendum_id.id, change.attendance_id.id): change for change in reversed(changes)}
        problems = []
        for place, trace in sealed.items():
            name = trace.pop("name")
            if place not in there:
                gone = minutes.addendum_ids.browse(place[0])
                problems.append(self._problem("missing", gone, self.env["ir.model"]._get(changes._name).name, name))
                continue
            change = there[place]
            now = {**{field: change[field] for field in trace}, "changed_by_id": change.changed_by_id.id}
            problems += [
                self._problem("altered", change, f"{self._label(change, field)} · {seal.name}", name)
                for field, value in trace.items()
                if value not in (None, now[field])
            ]
        added = changes.filtered(
            lambda one: (place := (one.addendum_id.id, one.attendance_id.id)) not in sealed or there[place] != one
        )
        return problems + [self._problem("added", change, seal.name) for change in added]

    def _attendance_departures(self, row, sealed):
        """Names of the fields of a row of the attendance that are not as they were sealed."""
        local = self.env["shora.words"]._local
        now = {"status": row.status, "arrived_at": local(row.arrived_at), "left_at": local(row.left_at)}
        now |= {"note": row.note or "", "kind": row.kind, "membership_id": row.membership_id.id or 0}
        now |= {"capacity": row.capacity or "", "by_video": row.by_video}
        names = [name for name, value in now.items() if sealed.get(name) not in (None, value)]
        # Persons are renamed, and two of one person made one; a row of another person is another row.
        if sealed.get("person", row.partner_id.id) != row.partner_id.id and sealed["name"] != row.partner_id.name:
            names.append("partner_id")
        if row.counted != row._counts():  # what the absence rule reads
            names.append("counted")
        return names

    def _sealed_attendance(self, content):
        """{row of the attendance: what the minutes say of it} as they were sealed; no status for who is no member."""
        expected = {}
        for part in ("present", "late", "absent", "guests", "non_members", "secretariat"):
            # Of joint sessions alone, the Secretariat that presides.
            for person in content.get(part, ()) if part == "secretariat" else content[part]:
                status = part if part in ("present", "late") else None
                if part == "absent":
                    status = "excused" if person["excused"] else "absent"
                sealed = {"name": person["name"], "status": status, "note": person["note"]}
                sealed |= {
                    "arrived_at": person["arrived"],
                    "left_at": person["left"],
                    "kind": KINDS.get(part, "member"),
                }
                sealed |= {field: person[key] for field, key in LATER.items() if key in person}
                expected[person.get("attendance")] = sealed
        return expected
