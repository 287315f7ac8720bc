from odoo import models


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
                rows += [(own, "name", item["title"]), (own, "state", item["outcome"])]
        for resolution in content["resolutions"]:
            own = resolutions.get(resolution.get("resolution"))
            if own:
                rows += [
                    (own, "name", resolution["title"]),
                    (own, "number", resolution["number"]),
                    (own, "body", resolution["body_html"]),
                    (own, "state", _as_sealed(own.state, own._outcome(), resolution["state"])),
                    (own, "vote_ids", _as_sealed(own.vote_ids, self._votes(own), _tally_of(resolution["votes"]))),
                ]
        return rows

    def _sealed_session(self, content):
        session, local = self.session_id, self.env["shora.words"]._local
        return [
            (session, "number", content["number"]),
            (session, "kind", content["kind"]),
            (session, "day", content["date"]),
            (session, "start", _as_sealed(session.start, local(session.start), content["start"])),
            (session, "stop", _as_sealed(session.stop, local(session.stop), content["stop"])),
            (session, "place", content["place"]),
            (session, "presiding_ground", content["presiding"]["ground"]),
        ]

    def _votes(self, resolution):
        return _tally_of(self._resolution_facts(resolution)["votes"])

    def _sealed_lists(self, content):
        items = {item.get("item"): item["title"] for item in content["items"]}
        resolutions = {one.get("resolution"): one["title"] for one in content["resolutions"]}
        return [
            (self.session_id.agenda_item_ids, "id", items),
            (self.item_ids, "item_id", items),
            (self.session_id.resolution_ids, "id", resolutions),
        ]


def _tally_of(votes):
    """Votes without the names, which may be written otherwise by now."""
    return {key: value for key, value in (votes or {}).items() if key != "names"}


def _as_sealed(value, now, sealed):
    """``value`` of a row where what it says now is what was sealed; else something that it is not."""
    return value if now == sealed else "≠"
