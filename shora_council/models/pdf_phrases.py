from odoo import models


class ShoraPdf(models.AbstractModel):
    """The sentences of the letters; those of decrees are in ``pdf_decree``. Whole sentences with their facts in them,
    because Persian orders words otherwise.
    """

    _name = "shora.pdf"
    _inherit = "shora.pdf"

    def _phrases(self):
        """{name: function of the record (or of the sealed content)} for the templates."""
        return {
            "session": self._session_phrase,
            "decree": self._decree_phrases,
            "decree_title": self._decree_title,
            "signer": self._decree_signer,
            "notice": self._notice_phrase,
            "notice_title": self._notice_title,
            "members_of": self._members_phrase,
            "minutes_title": self._minutes_title,
            "secretary_of": self._secretary_phrase,
            "presence": self._presence_phrase,
            "person": self._person_phrase,
            "votes": self._votes_phrase,
            "resignation": self._resignation_phrase,
            "covering": self._covering_phrase,
            "resolution": self._resolution_phrase,
            "notifier": self._notifier_phrase,
            "addendum": self._addendum_phrase,
            "items": self._agenda,
            "sheet": self._sheet,
            "roll": lambda roll: roll._table_of_roll(),
        }

    def _cite(self, council, code, day):
        """Where the by-law says it, as "Article 5, clause 1"; empty when the version of that day does not."""
        rule = council._rule(code, day)
        return rule._cite() if rule else ""

    def _session_phrase(self, number, kind):
        """«جلسه چهل‌وسوم (عادی)»."""
        return self.env._(
            "Session %(number)s (%(kind)s)",
            number=self.env["shora.words"]._ordinal(number),
            kind=self._labels()["kind_word"].get(kind, ""),
        )

    # --- session ---

    def _members_phrase(self, council_name, kind=None):
        if kind == "joint":
            return self.env._("To the honourable secretaries of the Strategic Councils")
        return self.env._("To the honourable members of the %(council)s", council=council_name)

    def _secretary_phrase(self, council_name, kind=None):
        """The post of whoever signs for a council, and for a joint session the Secretariat's."""
        if kind == "joint":
            return self.env._("Head of the Secretariat of Strategic Councils")
        return self.env._("Secretary of the %(council)s", council=council_name)

    def _notice_title(self, session):
        return self.env._("Invitation to %(session)s", session=self._session_phrase(session.number, session.kind))

    def _notice_phrase(self, notice):
        session = notice.session_id
        joint = session.council_id.is_coordination
        clause = self._cite(session.council_id, "joint_meetings" if joint else "notice_days", session.day)
        facts = {
            "session": self._session_phrase(session.number, session.kind),
            "day": self._long_day(session.day),
            "hour": self._digits(self.env["shora.words"]._local(session.start)),
            "place": session.place or "",
            "clause": clause or self.env._("Article 5"),
        }
        if joint:
            return self._joint_notice_phrase(facts)
        if session.place:
            return self.env._(
                "By virtue of %(clause)s of the by-law you are hereby invited to attend %(session)s of the council in "
                "person, on "
                "%(day)s at %(hour)s, at %(place)s, with the following agenda.",
                **facts,
            )
        return self.env._(
            "By virtue of %(clause)s of the by-law you are hereby invited to attend %(session)s of the council in "
            "person, on %(day)s "
            "at %(hour)s, with the following agenda.",
            **facts,
        )

    def _joint_notice_phrase(self, facts):
        if facts["place"]:
            return self.env._(
                "By virtue of %(clause)s of the by-law you are hereby invited, as secretary of your council, to attend "
                "%(session)s of the secretaries on %(day)s at %(hour)s, at %(place)s, with the following agenda.",
                **facts,
            )
        return self.env._(
            "By virtue of %(clause)s of the by-law you are hereby invited, as secretary of your council, to attend "
            "%(session)s of the secretaries on %(day)s at %(hour)s, with the following agenda.",
            **facts,
        )

    def _agenda(self, session):
        """The items the notice is about: accepted, or already dealt with when it is printed again."""
        return session.agenda_item_ids.filtered(lambda item: item.state not in ("proposed", "withdrawn"))

    def _sheet(self, session):
        """(rows of members, rows of others) of the sheet to sign; before the opening, the members of the session's day.

        :return: two lists of ``{"name", "seat", "kind", "arrived", "left", "status"}``
        """
        local, labels = self.env["shora.words"]._local, self._labels()
        rows = session.attendance_ids

        def of_row(row, kind):
            return {
                "name": row.partner_id.name,
                "seat": row._seat_name(),
                "kind": kind,
                "arrived": self._digits(local(row.arrived_at)),
                "left": self._digits(local(row.left_at)),
                "status": row.status,
            }

        members = rows.filtered("membership_id").sorted(lambda row: (row.seat_sequence, row.id))
        if members:
            first = [of_row(row, self._kind_of_member(session, row.membership_id)) for row in members]
        else:
            council = session.council_id
            capacities = council._capacities_on(session.day) if council.is_coordination else {}
            # In a joint session the secretaries of other councils read who is invited beside them.
            coming = council.sudo()._members_on(session.day) if capacities else council._members_on(session.day)
            first = [
                {
                    "name": member.partner_id.name,
                    "seat": capacities.get(member.partner_id.id) or member.seat_id.name,
                    "kind": self._kind_of_member(session, member),
                    "arrived": "",
                    "left": "",
                    "status": "unmarked",
                }
                for member in coming
            ]
        others = [of_row(row, labels["person_kind"].get(row.kind, "")) for row in rows - members]
        return first, others

    def _kind_of_member(self, session, membership):
        """«عضو حقوقی» or «عضو حقیقی»; nobody is either in the coordination body (5-10)."""
        if session.council_id.is_coordination:
            return self.env._("Secretary in office")
        return self._labels()["seat_kind"].get(membership.sudo().seat_kind, "")

    # --- minutes, addendum, resignation ---

    def _minutes_title(self, content):
        return self.env._("Minutes of %(session)s", session=self._session_phrase(content["number"], content["kind"]))

    def _presence_phrase(self, person):
        """«ورود ۱۰:۱۵، خروج ۱۱:۴۰» of one person of the sealed content; empty when no time was recorded."""
        times = []
        if person.get("arrived"):
            times.append(self.env._("arrived %(hour)s", hour=self._digits(person["arrived"])))
        if person.get("left"):
            times.append(self.env._("left %(hour)s", hour=self._digits(person["left"])))
        return ("، " if self._is_persian() else ", ").join(times)

    def _person_phrase(self, person):
        """«جناب آقای دکتر …»: title and name as they were sealed; earlier seals have no title."""
        return " ".join(filter(None, [person.get("title"), person["name"]]))

    def _votes_phrase(self, votes):
        """The outcome of a vote of the sealed content; the names of an open one."""
        text = self.env._(
            "%(pro)s in favour, %(contra)s against, %(abstained)s abstained",
            pro=votes["for"],
            contra=votes["against"],
            abstained=votes["abstain"],
        )
        choices = {
            "for": self.env._("In favour"),
            "against": self.env._("Against"),
            "abstain": self.env._("Abstained"),
        }
        named = [
            f"{label}: {self.env['shora.words']._join(votes['names'][choice])}"
            for choice, label in choices.items()
            if votes.get("names", {}).get(choice)
        ]
        kind = self.env._("secret vote") if votes["ballot"] == "secret" else self.env._("open vote")
        return self._digits(" · ".join([f"{text} ({kind})", *named]))

    def _addendum_phrase(self, content):
        return self.env._(
            "Addendum %(number)s to the minutes of session %(session)s",
            number=self._digits(content["number"]),
            session=self.env["shora.words"]._ordinal(content["minutes_number"]),
        )

    def _resignation_phrase(self, resignation):
        day = resignation.date
        council = resignation.council_id
        return self.env._(
            "By virtue of %(clause)s of the by-law of the %(council)s, %(name)s (%(seat)s), having been absent from "
            "the following %(count)s consecutive ordinary sessions, is deemed resigned; the membership ended "
            "with %(day)s.",
            clause=self._cite(council, "absence_limit", day) or self.env._("Article 5, clause 6"),
            council=council.name,
            name=resignation.partner_id.name,
            seat=resignation.seat_id.name,
            count=self._digits(len(resignation.session_ids)),
            day=self._long_day(day),
        )

    def _resolution_phrase(self, resolution):
        session = resolution.session_id
        return self.env._(
            "Resolution %(number)s of the %(council)s, adopted in %(session)s on %(day)s and decided by the President "
            "of the Centre on %(decided)s, is hereby notified to you for execution.",
            number=self._digits(resolution.number),
            council=resolution.council_id.name,
            session=self._session_phrase(session.number, session.kind),
            day=self._long_day(session.day),
            decided=self._long_day(resolution.president_decided_on),
        )

    def _notifier_phrase(self, resolution):
        """The post of whoever notifies: the council's secretary, else the Secretariat."""
        notifier = resolution.notified_by_id
        joint = resolution.council_id.is_coordination
        if joint or (notifier and "secretary" not in notifier._shora_roles(resolution.council_id)):
            return self.env._("Secretariat of Strategic Councils")
        return self._secretary_phrase(resolution.council_id.name)

    def _covering_phrase(self, minutes):
        session = minutes.session_id
        return self.env._(
            "By virtue of %(clause)s of the by-law, the minutes and resolutions of %(session)s of the %(council)s, "
            "held on %(day)s, signed by the secretary, are hereby forwarded.",
            clause=self._cite(session.council_id, "minutes_days", session.day) or self.env._("Article 5, clause 5"),
            session=self._session_phrase(session.number, session.kind),
            council=session.council_id.name,
            day=self._long_day(session.day),
        )
