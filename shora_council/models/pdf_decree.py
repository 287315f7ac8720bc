from odoo import models

from .pdf import READING


class ShoraPdf(models.AbstractModel):
    """The sentences of a decree's letter (article 4), by its kind."""

    _name = "shora.pdf"
    _inherit = "shora.pdf"

    def _phrases(self):
        return {**super()._phrases(), "copies": self._printed_copies}

    def _decree_title(self, decree):
        titles = {
            "appointment": self.env._("Decree of appointment"),
            "renewal": self.env._("Decree of renewal"),
            "representative": self.env._("Decree of the standing representative"),
            "acting": self.env._("Decree of the acting secretary"),
            "chair": self.env._("Decree of the chair"),
        }
        ends = {
            "resigned": self.env._("Acceptance of resignation"),
            "revoked": self.env._("Decree of dismissal"),
            "deemed_resigned": self.env._("Record of deemed resignation"),
            "post_lost": self.env._("Decree on the end of membership"),
        }
        return ends[decree.end_ground] if decree.kind == "end" else titles[decree.kind]

    def _decree_phrases(self, decree):
        """The operative sentence, then what the by-law binds the appointee to; one paragraph each."""
        council, day = decree.council_id, decree.date_from
        facts = {
            "council": council.name,
            "seat": decree.seat_id.name,
            "label": decree.seat_id._label(),
            "date_from": self._long_day(day),
            "date_to": self._long_day(decree.date_to),
            "principal": self._titled(decree.principal_id),
        }
        cite = (
            self._cite(council, "one_chair", day) if decree.kind == "chair" else decree.seat_id.clause_id.display_name
        )
        facts["clause"] = cite or self.env._("Article 4")
        if decree.kind == "end":
            return [self._ending(decree, facts)]
        texts = [self._operative(decree, facts)]
        if decree.supersedes_id:
            texts.append(self._superseding(decree.supersedes_id))
        return texts + self._bindings(council, day)

    def _titled(self, partner):
        """A person as letters name one: title, then name."""
        return " ".join(filter(None, (partner.shora_title, partner.name)))

    def _operative(self, decree, facts):
        key = (decree.kind, bool(decree.date_to))
        if key[0] in ("representative", "acting"):
            key = (key[0], False)
        return self._operatives(facts)[key]

    def _operatives(self, facts):
        return {
            ("chair", True): self.env._(
                "By virtue of %(clause)s of the by-law of the %(council)s, you are hereby appointed chair of the "
                "council from %(date_from)s to the end of %(date_to)s.",
                **facts,
            ),
            ("chair", False): self.env._(
                "By virtue of %(clause)s of the by-law of the %(council)s, you are hereby appointed chair of the "
                "council from %(date_from)s.",
                **facts,
            ),
            ("renewal", True): self.env._(
                "By virtue of %(clause)s of the by-law of the %(council)s, your membership of the council as "
                "“%(seat)s” (seat %(label)s) is hereby renewed from %(date_from)s to the end of %(date_to)s.",
                **facts,
            ),
            ("renewal", False): self.env._(
                "By virtue of %(clause)s of the by-law of the %(council)s, your membership of the council as "
                "“%(seat)s” (seat %(label)s) is hereby renewed from %(date_from)s.",
                **facts,
            ),
            ("appointment", True): self.env._(
                "By virtue of %(clause)s of the by-law of the %(council)s, you are hereby appointed a member of the "
                "council as “%(seat)s” (seat %(label)s) from %(date_from)s to the end of %(date_to)s.",
                **facts,
            ),
            ("appointment", False): self.env._(
                "By virtue of %(clause)s of the by-law of the %(council)s, you are hereby appointed a member of the "
                "council as “%(seat)s” (seat %(label)s) from %(date_from)s.",
                **facts,
            ),
            ("representative", False): self.env._(
                "By virtue of %(clause)s of the by-law of the %(council)s, you are hereby appointed a member of the "
                "council in seat %(label)s, as the plenipotentiary representative of %(principal)s, from "
                "%(date_from)s for as long as that office is held.",
                **facts,
            ),
            ("acting", False): self.env._(
                "As the seat of the secretary is vacant, you are hereby appointed acting secretary of the "
                "%(council)s, with the duties and powers of the secretary under %(clause)s of its by-law, from "
                "%(date_from)s until a secretary is appointed.",
                **facts,
            ),
        }

    def _ending(self, decree, facts):
        texts = {
            "resigned": self.env._(
                "Your resignation from the %(council)s (seat %(label)s) is hereby accepted with effect from "
                "%(date_from)s. Your valuable services are appreciated.",
                **facts,
            ),
            "revoked": self.env._(
                "Your membership of the %(council)s (seat %(label)s) ends with effect from %(date_from)s. Your "
                "services are appreciated.",
                **facts,
            ),
            "deemed_resigned": self.env._(
                "Under %(limit)s of the by-law of the %(council)s, after consecutive absences from its ordinary "
                "sessions, you are deemed resigned from membership (seat %(label)s) with effect from %(date_from)s.",
                **facts,
                limit=self._cite(decree.council_id, "absence_limit", decree.date_from) or self.env._("Article 5"),
            ),
            "post_lost": self.env._(
                "As the post on which it rests has ended, your membership of the %(council)s (seat %(label)s) ends "
                "with effect from %(date_from)s. Your valuable services are appreciated.",
                **facts,
            ),
        }
        chair = {
            "resigned": self.env._(
                "Your resignation as chair of the %(council)s is hereby accepted with effect from %(date_from)s.",
                **facts,
            ),
        }
        if decree.ends_decree_id.kind == "chair":
            return chair.get(
                decree.end_ground,
                self.env._("Your office as chair of the %(council)s ends with effect from %(date_from)s.", **facts),
            )
        return texts[decree.end_ground]

    def _superseding(self, decree):
        return self.env._(
            "This decree supersedes decree %(number)s dated %(day)s.",
            number=self._digits(decree.official_number or decree.internal_number or ""),
            day=self._short_day(decree.official_date or decree.date_from),
        )

    def _decree_copies(self, decree):
        """The usual copies of a decree, each with its purpose, in the language of documents."""
        office = self.with_context(lang=self._language())
        texts = [
            office.env._("Secretary of the council: for information and the necessary steps"),
            office.env._("Secretariat of Strategic Councils: for the archive"),
            office.env._("Human resources: to be filed in the personnel record"),
        ]
        seat = decree.seat_id.with_context(lang=self._language())
        who = self._titled(decree.principal_id) or (seat.selected_by if seat.post_rule == "ends" else "")
        if who:
            texts.insert(0, office.env._("%(who)s: for information", who=who))
        return [text for text in texts if text != texts[-3]] if seat.is_secretary else texts

    def _printed_copies(self, decree):
        """The copies that the decree names; the usual ones in the language of a copy for reading."""
        written = self._lines(decree.copies_to)
        document = self.with_context(**{READING: None})
        if written == document._decree_copies(decree.with_env(document.env)):
            return self._decree_copies(decree)
        return written

    def _bindings(self, council, day):
        """Presence in person and the absence rule, as the version of ``day`` has them."""
        no_proxy, limit = council._rule("no_proxy", day), council._rule("absence_limit", day)
        texts = []
        if no_proxy:
            texts.append(
                self.env._(
                    "Under %(clause)s members attend the sessions in person; nobody may be named to stand in for "
                    "a member.",
                    clause=no_proxy._cite(),
                )
            )
        if limit:
            texts.append(
                self.env._(
                    "Under %(clause)s a member absent from %(count)s consecutive ordinary sessions is deemed resigned.",
                    clause=limit._cite(),
                    count=self._digits(limit.value),
                )
            )
        return texts

    def _decree_signer(self, decree):
        """The President's name: who issued, or whoever holds the role when an office registered the signed paper."""
        presidents = self.env["res.users"]._shora_users_with_role("president", decree.company_id)
        signer = decree.issued_by_id & presidents or (presidents if len(presidents) == 1 else presidents.browse())
        return signer.name or ""
