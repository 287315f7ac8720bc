from odoo import models

from ..rules import sealing


class ShoraMinutes(models.Model):
    """The rows of the session beside its sealed minutes: what they must show, and that none is missing or added."""

    _name = "shora.minutes"
    _inherit = "shora.minutes"

    def _sealed_rows(self, content):
        """Rows that show what was sealed: (record, field, value as sealed); for the integrity check."""
        lines = {line.item_id.id: line for line in self.item_ids}
        items = {item.id: item for item in self.session_id.agenda_item_ids}
        resolutions = {one.id: one for one in self.session_id.resolution_ids}
        rows = self._sealed_session(content)
        for item in content["items"]:
            line, own = lines.get(item.get("item")), items.get(item.get("item"))
            if line:
                rows += [(line, "discussion", item["discussion_html"]), (line, "decision", item["decision_html"])]
            if own:
                rows += [
                    (own, "name", item["title"]),
                    (own, "state", item["outcome"]),
                    (own, "presenter_id", _person(own.presenter_id, item.get("presenter_id"), item["presenter"])),
                    (own, "attachment_ids", _as_sealed(own.attachment_ids, *_documents(own, item))),
                ]
        for resolution in content["resolutions"]:
            own = resolutions.get(resolution.get("resolution"))
            if own:
                rows += [
                    (own, "name", resolution["title"]),
                    (own, "number", resolution["number"]),
                    (own, "body", resolution["body_html"]),
                    (own, "state", _as_sealed(own.state, own._outcome(), resolution["state"])),
                    (own, "agenda_item_id", own.agenda_item_id.browse(resolution["item"] or ())),
                    (own, "vote_ids", _as_sealed(own.vote_ids, *self._votes(own, resolution["votes"]))),
                ]
        return rows

    def _sealed_session(self, content):
        session, local, presiding = self.session_id, self.env["shora.words"]._local, content["presiding"]
        agenda, sealed = session.agenda_item_ids, [item.get("item") for item in content["items"]]
        return [
            (session, "number", content["number"]),
            (session, "kind", content["kind"]),
            (session, "day", content["date"]),
            (session, "start", _as_sealed(session.start, local(session.start), content["start"])),
            (session, "stop", _as_sealed(session.stop, local(session.stop), content["stop"])),
            (session, "place", content["place"]),
            (session, "presiding_ground", presiding["ground"]),
            (
                session,
                "presiding_partner_id",
                _person(session.presiding_partner_id, presiding.get("person"), presiding["name"]),
            ),
            # which of them are missing or were added is said by the lists
            (session, "agenda_item_ids", _as_sealed(agenda, *_in_one_order(agenda.ids, sealed))),
        ]

    def _votes(self, resolution, sealed):
        """(votes as they are now, as sealed); without the names, which may be written otherwise by now."""
        sealed = {key: value for key, value in sealed.items() if key != "names"}
        now = self._resolution_facts(resolution)["votes"]
        return {key: now.get(key) for key in sealed} if sealed else now, sealed

    def _sealed_lists(self, content):
        items = {item.get("item"): item["title"] for item in content["items"]}
        resolutions = {one.get("resolution"): one["title"] for one in content["resolutions"]}
        return [
            (self.session_id.agenda_item_ids, "id", items),
            (self.item_ids, "item_id", items),
            (self.session_id.resolution_ids, "id", resolutions),
        ]


def _person(partner, sealed_id, name):
    """``partner`` where it is who was sealed: persons are renamed, and two of one person made one."""
    if sealed_id is None or partner.id == (sealed_id or False) or (name and partner.name == name):
        return partner
    return "≠"


def _documents(item, content):
    """(documents of ``item`` as they are now, as sealed), with the fingerprints of their files."""
    sealed = sorted((document["name"], document["sha256"]) for document in content["documents"])
    now = sorted((one.name or "", sealing.sha256_hex(one.raw or b"")) for one in item.attachment_ids.sudo())
    return now, sealed


def _in_one_order(now, sealed):
    """Of two lists what is in both, each in its own order."""
    return [one for one in now if one in sealed], [one for one in sealed if one in now]


def _as_sealed(value, now, sealed):
    """``value`` of a row where what it says now is what was sealed; else something that it is not."""
    return value if now == sealed else "≠"
