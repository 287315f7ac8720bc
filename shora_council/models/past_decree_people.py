from dataclasses import dataclass

from odoo import models
from odoo.tools import SQL, email_normalize

from ..tools import past_cells


@dataclass(slots=True, eq=False)
class Person:
    """A person of the file: a contact that is, or one that the import makes.

    :param partner: ``res.partner``; empty until it is made
    """

    partner: object
    name: str
    email: str | None
    title: str


class ShoraPastDecree(models.Model):
    """Whom the rows mean: by e-mail, else by the exact name; all rows in a few queries."""

    _name = "shora.past.decree"
    _inherit = "shora.past.decree"

    def _find_people(self, items):
        """Give every item its :class:`Person` (and its principal); nobody is made yet."""
        labels = self._labels()
        asked = [self._asked(item, labels) for item in items]
        names = {past_cells.key(name) for row in asked for name, _email in row if name}
        emails = {email for row in asked for _name, email in row if email}
        by_name, by_email = self._contacts(names, emails)
        new = {}
        # Rows with an e-mail first: a row without one may mean the same person.
        for item, ((name, email), (principal, principal_email)) in sorted(
            zip(items, asked, strict=True), key=lambda pair: (not pair[1][0][1], pair[0].index)
        ):
            if name:
                title = item.cells["title"]
                item.person = self._person(item, labels, "person", name, email, title, by_name, by_email, new)
            if principal or principal_email:
                item.principal = self._person(
                    item, labels, "principal", principal, principal_email, "", by_name, by_email, new
                )

    def _asked(self, item, labels):
        """((name, e-mail), (principal's name, principal's e-mail)) of a row; the principal's cell holds either."""
        email = item.cells["email"]
        normal = email_normalize(email) if email else False
        if email and not normal:
            reason = self.env._("“%(value)s” is no e-mail address.", value=email)
            self._fault(item, labels, "email", reason)
        principal = item.cells["principal"]
        address = email_normalize(principal) if "@" in principal else False
        return (item.cells["person"], normal or None), ("" if address else principal, address or None)

    def _contacts(self, names, emails):
        """({key of the name: partners}, {e-mail: partners}) of all names and addresses, three queries."""
        Partner = self.env["res.partner"].sudo().with_context(active_test=False)
        found = Partner
        if names:
            # The spellings that ``past_cells.key`` makes one, in the database: an index could not serve them.
            spelled = SQL(
                "lower(btrim(regexp_replace(translate(name, %s, %s), %s, ' ', 'g')))",
                "يىكةۀ۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩",
                "ییکهه01234567890123456789",
                "[\\s\u200c\u00a0]+",
            )
            rows = self.env.execute_query(
                SQL("SELECT id FROM res_partner WHERE name IS NOT NULL AND %s = ANY(%s)", spelled, list(names))
            )
            found |= Partner.browse([row[0] for row in rows])
        by_email = {}
        if emails:
            for partner in Partner.search([("email_normalized", "in", list(emails))]):
                by_email.setdefault(partner.email_normalized, []).append(partner)
        by_name = {}
        for partner in found.filtered(lambda p: not p.is_company):
            by_name.setdefault(past_cells.key(partner.name), []).append(partner)
        return by_name, by_email

    def _person(self, item, labels, column, name, email, title, by_name, by_email, new):
        """The person of one cell; None, with a fault on the item, when it could be several or somebody else."""
        company = item.council.company_id if item.council else self.env.company
        here = lambda partners: [p for p in partners if not p.company_id or p.company_id == company]  # noqa: E731
        key = past_cells.key(name)
        namesakes = here(by_name.get(key, ()))
        if email:
            owners = here(by_email.get(email, ()))
            own = [p for p in owners if p in namesakes] or owners
            if len(own) > 1:
                reason = self.env._("several contacts have the address %(email)s; merge them first.", email=email)
                return self._fault(item, labels, column, reason)
            if own:
                if name and not self._may_be_one(own[0].name, name):
                    reason = self.env._(
                        "the address %(email)s belongs to %(owner)s, not to %(name)s.",
                        email=email,
                        owner=own[0].name,
                        name=name,
                    )
                    return self._fault(item, labels, column, reason)
                return self._known(own[0], new)
            if not name:
                reason = self.env._("no contact has the address %(email)s; write the name.", email=email)
                return self._fault(item, labels, column, reason)
            if len(namesakes) == 1 and not namesakes[0].email_normalized:
                return self._known(namesakes[0], new)
            if namesakes:
                reason = self.env._(
                    "a contact called %(name)s exists with another address; use that one, or enter the new contact "
                    "first.",
                    name=name,
                )
                return self._fault(item, labels, column, reason)
            return self._new_by_email(item, labels, column, name, email, title, new)
        if len(namesakes) > 1:
            reason = self.env._("%(number)s contacts are called %(name)s; give the e-mail.", number=len(namesakes), name=name)
            return self._fault(item, labels, column, reason)
        if namesakes:
            return self._known(namesakes[0], new)
        return self._new_by_name(item, labels, column, name, title, new)

    def _known(self, partner, new):
        return new.setdefault(partner.id, Person(partner, partner.name, partner.email_normalized, ""))

    def _new_by_email(self, item, labels, column, name, email, title, new):
        person = new.get(email)
        if person is None:
            person = new[email] = Person(None, name, email, title)
            new.setdefault(("name", past_cells.key(name)), []).append(person)
        elif not self._may_be_one(person.name, name):
            reason = self.env._(
                "the file gives the address %(email)s to %(owner)s too.", email=email, owner=person.name
            )
            return self._fault(item, labels, column, reason)
        return person

    def _new_by_name(self, item, labels, column, name, title, new):
        people = new.setdefault(("name", past_cells.key(name)), [])
        if len(people) > 1:
            reason = self.env._("the file has several people called %(name)s; give the e-mail.", name=name)
            return self._fault(item, labels, column, reason)
        if not people:
            people.append(Person(None, name, None, title))
        return people[0]

    def _may_be_one(self, one, other):
        """Whether two names have a word in common: an address that is shared by an office would mix people up."""
        return bool(set(past_cells.key(one).split()) & set(past_cells.key(other).split()))

    def _make_people(self, people):
        """Contacts for those who have none; one batch."""
        missing = list({id(person): person for person in people if not person.partner}.values())
        partners = self._system_env()["res.partner"].create(
            [{"name": p.name, "email": p.email or False, "shora_title": p.title or False} for p in missing]
        )
        for person, partner in zip(missing, partners, strict=True):
            person.partner = partner
