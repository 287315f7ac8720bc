import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import sealing

FACTS = "shora.minutes.facts/1"
#: how a member's status stands in the content
GROUPS = (("present", "present"), ("late", "late"), ("absent", "absent"), ("excused", "absent"))


class ShoraMinutes(models.Model):
    """The draft, built from the session's facts (5-5), and what its seal will say.

    Facts are read from the session whenever the draft is shown or printed and are typed nowhere. What the session said
    when the draft was last refreshed is kept, so that the secretary sees what changed since, and signs nothing unseen.
    """

    _name = "shora.minutes"
    _inherit = "shora.minutes"

    item_ids = fields.One2many("shora.minutes.item", "minutes_id", string="Proceedings")
    facts_json = fields.Text(copy=False, string="Facts at the last refresh")
    changes = fields.Text(compute="_compute_changes", string="Changed in the session since")

    def _compute_changes(self):
        for minutes in self:
            minutes.changes = "\n".join(f"• {line}" for line in minutes._changes()) if minutes.state == "draft" else ""

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._refresh()
        return records

    def action_refresh(self):
        """Take the session's facts anew; what was written stays.

        :raises UserError: the minutes are signed
        """
        self.check_access("write")
        if any(minutes.state != "draft" for minutes in self):
            raise UserError(self.env._("(Clause 5-5) Signed minutes are not changed; write an addendum."))
        self._refresh()

    def _refresh(self):
        for minutes in self:
            lines, items = minutes.item_ids, minutes.session_id.agenda_item_ids
            (lines.filtered(lambda line, kept=items: line.item_id not in kept)).sudo().unlink()
            lines.exists()._take()
            # Rows of the session, which nobody adds by hand.
            lines.sudo().create(
                [
                    {"minutes_id": minutes.id, "item_id": item.id, **lines._values_of(item)}
                    for item in items - lines.item_id
                ]
            )
            minutes._store_facts({"facts_json": sealing.canonical(minutes._facts(), FACTS).decode()})
        self.invalidate_recordset(["item_ids", "changes"])

    def _signed_blockers(self):
        reasons = super()._signed_blockers()
        changes = self._changes()
        if changes:
            rule = self.council_id._rule("minutes_days", self.session_id.day)
            text = self.env._(
                "The session changed since this draft was made; refresh it and read it again:\n%(changes)s",
                changes="\n".join(changes),
            )
            reasons.append(self._refusal(rule, text))
        return reasons

    # --- facts ---

    def _facts(self):
        """The session's facts as plain data, each with the id of the row it is read from."""
        self.ensure_one()
        office = self.env["shora.reader"]._of_office(self)
        session = office.session_id
        local = self.env["shora.words"]._local
        rows = session.attendance_ids.sorted(lambda row: (row.seat_sequence, row.id))
        person = office._person_facts
        facts = {
            "number": session.number,
            "council": session.council_id.name,
            "kind": session.kind,
            "date": session.day.isoformat(),
            "start": local(session.start),
            "stop": local(session.stop),
            "place": session.place or "",
            "presiding": {
                "title": session.presiding_partner_id.shora_title or "",
                "name": session.presiding_partner_id.name or "",
                "ground": session.presiding_ground or "",
                "person": session.presiding_partner_id.id or 0,
            },
            "present": [],
            "late": [],
            "absent": [],
            "guests": [person(row) for row in rows if row.kind == "guest"],
            "non_members": [person(row) for row in rows if row.kind == "non_member"],
        }
        for status, group in GROUPS:
            facts[group] += [person(row) for row in rows if row.kind == "member" and row.status == status]
        facts["items"] = [self._item_facts(at, item) for at, item in enumerate(session.agenda_item_ids, start=1)]
        facts["resolutions"] = [self._resolution_facts(one) for one in session.resolution_ids.sorted("id")]
        return facts

    def _person_facts(self, row):
        """One row of the attendance as plain data."""
        local = self.env["shora.words"]._local
        return {
            "attendance": row.id,
            "person": row.partner_id.id,
            "title": row.partner_id.shora_title or "",
            "name": row.partner_id.name,
            "seat": row._seat_name(),
            "arrived": local(row.arrived_at),
            "left": local(row.left_at),
            "note": row.note or "",
            "excused": row.status == "excused",
            "membership": row.membership_id.id or 0,
            "capacity": row.capacity or "",
            "video": row.by_video,
        }

    def _item_facts(self, number, item):
        return {
            "item": item.id,
            "number": number,
            "title": item.name,
            "presenter": item.presenter_id.name or "",
            "presenter_id": item.presenter_id.id or 0,
            "outcome": item.state,
            # The minutes name every document of the session.
            "documents": [
                {"name": document.name, "sha1": document.checksum or ""} for document in item.attachment_ids.sudo()
            ],
        }

    def _resolution_facts(self, resolution):
        tally = resolution._tally()
        votes = {}
        if any(tally.values()):
            votes = {"ballot": resolution.ballot, **tally}
            if resolution.ballot == "open":  # of a secret vote only the totals exist
                votes["names"] = {
                    choice: [vote.partner_id.name for vote in resolution.vote_ids if vote.choice == choice]
                    for choice in tally
                }
                votes["rows"] = {
                    choice: sorted(vote.attendance_id.id for vote in resolution.vote_ids if vote.choice == choice)
                    for choice in tally
                }
        return {
            "resolution": resolution.id,
            "item": resolution.agenda_item_id.id or 0,
            "number": resolution.number or "",
            "title": resolution.name,
            "body_html": str(resolution.body or ""),
            "state": resolution._outcome(),
            "executor": resolution.owner_id.name or "",
            "due": resolution.date_due.isoformat() if resolution.date_due else "",
            "votes": votes,
        }

    # --- content ---

    def _content(self, signed_at=None):
        """What the minutes say, as plain data: the source of the sealed bytes and of the PDF alike.

        Names, titles and seats are written out, so that they stay readable whatever becomes of persons and users.

        :param signed_at: naive UTC moment of signing; None for a preview of the draft
        """
        self.ensure_one()
        content = self._facts()
        written = {line.item_id.id: line for line in self.item_ids}
        documents = {item.id: item.attachment_ids.sudo() for item in self.session_id.agenda_item_ids}
        for item in content["items"]:
            line = written.get(item["item"])
            item["discussion_html"] = str(line and line.discussion or "")
            item["decision_html"] = str(line and line.decision or "")
            item["documents"] = [
                {"name": document.name, "sha256": sealing.sha256_hex(document.raw or b"")}
                for document in documents[item["item"]]
            ]
        signer = self.env.user
        return {
            **content,
            "text_html": str(self.text or ""),
            "signed_by": {
                "title": signer.partner_id.shora_title or "",
                "name": signer.name,
                "position": signer.partner_id.function or "",
                "user": signer.id,
            },
            "signed_at": signed_at.isoformat() if signed_at else "",
        }

    # --- what changed ---

    def _changes(self):
        """Sentences on what the session says otherwise than at the last refresh; empty when nothing changed."""
        self.ensure_one()
        if not self.facts_json:
            return []
        before = json.loads(self.facts_json)["content"]
        now = json.loads(sealing.canonical(self._facts(), FACTS))["content"]
        if before == now:
            return []
        return self._people_changes(before, now) + self._other_changes(before, now)

    def _people_changes(self, before, now):
        def people(facts):
            return {
                person["attendance"]: (person["name"], self._presence(group, person))
                for group in ("present", "late", "absent", "guests", "non_members", "secretariat")
                for person in facts.get(group, ())
            }

        old, new = people(before), people(now)
        gone = [self.env._("%(name)s: no longer on the list", name=old[row][0]) for row in old if row not in new]
        return gone + [
            self.env._(
                "%(name)s: %(new)s (was: %(old)s)",
                name=new[row][0],
                new=new[row][1],
                old=old[row][1] if row in old else self.env._("not on the list"),
            )
            for row in new
            if old.get(row) != new[row]
        ]

    def _presence(self, group, person):
        """How a person of the facts attended, in words."""
        pdf = self.env["shora.pdf"]
        labels = pdf._labels()
        status = "excused" if group == "absent" and person["excused"] else group
        words = {
            "guests": labels["person_kind"]["guest"],
            "non_members": labels["person_kind"]["non_member"],
            "secretariat": labels["person_kind"]["secretariat"],
            **labels["status"],
        }
        return self.env["shora.words"]._join(
            filter(None, [words[status], pdf._presence_phrase(person), person["note"]])
        )

    def _other_changes(self, before, now):
        changes = []
        places = {"number", "council", "kind", "date", "start", "stop", "place", "presiding"}
        if any(before[name] != now[name] for name in places):
            changes.append(self.env._("Number, date, hour, place or presiding of the session"))
        for part, key, text in (
            ("items", "item", self.env._("Agenda item “%(name)s”")),
            ("resolutions", "resolution", self.env._("Resolution “%(name)s”")),
        ):
            old, new = ({one[key]: one for one in facts[part]} for facts in (before, now))
            changes += [
                text % {"name": (new.get(one) or old[one])["title"]}
                for one in {**old, **new}
                if old.get(one) != new.get(one)
            ]
        return changes
