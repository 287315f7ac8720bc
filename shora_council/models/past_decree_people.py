from dataclasses import dataclass, field
from typing import Any

from odoo import models
from odoo.tools import SQL, email_normalize

from ..tools import past_cells


@dataclass(slots=True, eq=False)
class Person:
    """A person of the file: a contact that is, or one that the import makes.

    :param partner: ``res.partner``; None until it is made
    """

    partner: Any
    name: str
    title: str
    email: str | None = None


class Unclear(Exception):
    """A cell that could mean several people, or somebody else; the message says what to do."""


@dataclass(slots=True)
class Contacts:
    """Contacts that a file may mean, and those it makes.

    :param by_name: {key of the name: partners}
    :param by_email: {normalised e-mail: partners}
    :param known: {partner id: Person}
    :param new_by_email: {e-mail: Person to be made}
    :param new_by_name: {key of the name: persons to be made}
    """

    by_name: dict
    by_email: dict
    known: dict = field(default_factory=dict)
    new_by_email: dict = field(default_factory=dict)
    new_by_name: dict = field(default_factory=dict)

    def person_of(self, partner):
        return self.known.setdefault(partner.id, Person(partner, partner.name, ""))

    def namesakes(self, name, company):
        return _of_company(self.by_name.get(past_cells.key(name), ()), company)

    def owners(self, email, company):
        return _of_company(self.by_email.get(email, ()), company)


def _of_company(partners, company):
    return [partner for partner in partners if not partner.company_id or partner.company_id == company]


def _may_be_one(one, other):
    """Whether two names have a word in common: an address that is shared by an office would mix people up."""
    return bool(set(past_cells.key(one).split()) & set(past_cells.key(other).split()))


class ShoraPastDecree(models.Model):
    """Whom the rows mean: by e-mail, else by the exact name; all rows in a few queries."""

    _name = "shora.past.decree"
    _inherit = "shora.past.decree"

    def _find_people(self, items):
        """Give every item its :class:`Person` (and its principal); nobody is made yet."""
        labels = self._labels()
        cells = []
        for item in items:
            email = self._address(item, labels)
            cells.append((item, "person", item.cells["person"], email, item.cells["title"]))
            principal = item.cells["principal"]
            address = email_normalize(principal) if "@" in principal else None
            cells.append((item, "principal", "" if address else principal, address, ""))
        cells = [cell for cell in cells if cell[2] or (cell[1] == "principal" and cell[3])]
        contacts = self._contacts({cell[2] for cell in cells}, {cell[3] for cell in cells})
        # Cells with an e-mail first: one without may mean the same person.
        for item, column, name, email, title in sorted(cells, key=lambda cell: (not cell[3], cell[0].index)):
            company = item.council.company_id if item.council else self.env.company
            try:
                found = self._by_email if email else self._by_name
                setattr(item, column, found(contacts, company, name, email, title))
            except Unclear as reason:
                self._fault(item, labels, column, str(reason))

    def _address(self, item, labels):
        text = item.cells["email"]
        email = email_normalize(text) if text else None
        if text and not email:
            self._fault(item, labels, "email", self.env._("“%(value)s” is no e-mail address.", value=text))
        return email or None

    def _contacts(self, names, emails):
        """:return: :class:`Contacts` of all names and addresses; a query each"""
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        keys, emails = sorted({past_cells.key(name) for name in names if name}), sorted(filter(None, emails))
        by_name, by_email = {}, {}
        if keys:
            # The spellings that ``past_cells.key`` makes one, in the database: an index could not serve them.
            spelled = SQL(
                "lower(btrim(regexp_replace(translate(name, %s, %s), %s, ' ', 'g')))",
                "يىكةۀ۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩",
                "ییکهه01234567890123456789",
                "[\\s\u200c\u00a0]+",
            )
            self.env["res.partner"].flush_model(["name", "is_company"])
            rows = self.env.execute_query(
                SQL("SELECT id FROM res_partner WHERE NOT is_company AND %s = ANY(%s) ORDER BY id", spelled, keys)
            )
            for partner in partners.browse([row[0] for row in rows]):
                by_name.setdefault(past_cells.key(partner.name), []).append(partner)
        if emails:
            for partner in partners.search([("email_normalized", "in", emails)]):
                by_email.setdefault(partner.email_normalized, []).append(partner)
        return Contacts(by_name, by_email)

    def _by_email(self, contacts, company, name, email, title):
        """
        :raises Unclear: the address or the name belongs to somebody else
        """
        namesakes, owners = contacts.namesakes(name, company), contacts.owners(email, company)
        own = [partner for partner in owners if partner in namesakes] or owners
        if len(own) > 1:
            raise Unclear(self.env._("several contacts have the address %(email)s; merge them first.", email=email))
        if own:
            if name and not _may_be_one(own[0].name, name):
                text = self.env._(
                    "the address %(email)s belongs to %(owner)s, not to %(name)s.",
                    email=email,
                    owner=own[0].name,
                    name=name,
                )
                raise Unclear(text)
            return contacts.person_of(own[0])
        if not name:
            raise Unclear(self.env._("no contact has the address %(email)s; write the name.", email=email))
        if len(namesakes) == 1 and not namesakes[0].email_normalized:
            return contacts.person_of(namesakes[0])
        if namesakes:
            text = self.env._(
                "a contact called %(name)s exists with another address; use that one, or enter the new contact first.",
                name=name,
            )
            raise Unclear(text)
        return self._new_by_email(contacts, name, email, title)

    def _new_by_email(self, contacts, name, email, title):
        person = contacts.new_by_email.get(email)
        if person is None:
            person = contacts.new_by_email[email] = Person(None, name, title, email)
            contacts.new_by_name.setdefault(past_cells.key(name), []).append(person)
        elif not _may_be_one(person.name, name):
            text = self.env._("the file gives the address %(email)s to %(owner)s too.", email=email, owner=person.name)
            raise Unclear(text)
        return person

    def _by_name(self, contacts, company, name, _email, title):
        """
        :raises Unclear: several people are called so
        """
        namesakes = contacts.namesakes(name, company)
        if len(namesakes) > 1:
            text = self.env._(
                "%(number)s contacts are called %(name)s; give the e-mail.", number=len(namesakes), name=name
            )
            raise Unclear(text)
        if namesakes:
            return contacts.person_of(namesakes[0])
        people = contacts.new_by_name.setdefault(past_cells.key(name), [])
        if len(people) > 1:
            text = self.env._("the file has several people called %(name)s; give the e-mail.", name=name)
            raise Unclear(text)
        if not people:
            people.append(Person(None, name, title))
        return people[0]

    def _make_people(self, people):
        """Contacts for those who have none; one batch."""
        missing = list({id(person): person for person in people if not person.partner}.values())
        partners = self._system_env()["res.partner"].create(
            [{"name": p.name, "email": p.email or False, "shora_title": p.title or False} for p in missing]
        )
        for person, partner in zip(missing, partners, strict=True):
            person.partner = partner
