"""Councils, persons, posts and memberships as Popolo JSON (https://www.popoloproject.com/specs/).

Dates are Gregorian, as the specification asks. What is private has no place in it: neither addresses and phones nor
national codes, nor what is noted of a person.
"""

from odoo.addons.shora_council.models.decree import ISSUED
from odoo.fields import Domain


def popolo(councils):
    """The dict of ``councils``, past ones too, with everybody who ever had a seat in them.

    :param councils: ``shora.council`` records that the reader may see; memberships come by the reader's record rules
    """
    env = councils.env
    Membership = env["shora.membership"]
    memberships = Membership.search(
        Domain("council_id", "in", councils.ids) & Domain("state", "!=", "void"), order="council_id, seat_sequence, id"
    )
    chairs = env["shora.decree"].search(
        Domain("council_id", "in", councils.ids) & Domain("kind", "=", "chair") & Domain("state", "in", ISSUED),
        order="council_id, date_from, id",
    )
    partners = (memberships.partner_id | chairs.partner_id).sudo()  # names of members are known to who reads the roll
    companies = councils.company_id.sudo()  # its name is on every letter
    return {
        "persons": [_person(partner) for partner in partners.sorted("id")],
        "organizations": [
            *[_body(company) for company in companies],
            *[_council(council, memberships) for council in councils],
        ],
        "posts": [_post(seat) for seat in councils.seat_ids],
        "memberships": [*[_membership(member) for member in memberships], *[_chair(decree) for decree in chairs]],
    }


def _person(partner):
    return {
        "id": _id("person", partner),
        "name": partner.name.strip(),
        **_given(honorific_prefix=partner.shora_title),
    }


def _body(company):
    return {"id": _id("organization", company), "name": company.name, "classification": "centre"}


def _council(council, memberships):
    first = min(memberships.filtered(lambda member: member.council_id == council).mapped("date_from"), default=None)
    return {
        "id": _id("council", council),
        "name": council.name,
        "other_names": [{"name": council.short_name, "note": "short name"}],
        "identifiers": [{"scheme": "code", "identifier": council.code}],
        "classification": "joint meeting of secretaries" if council.is_coordination else "strategic council",
        "parent_id": _id("organization", council.company_id),
        **_given(founding_date=_day(first)),
    }


def _post(seat):
    return {
        "id": _id("post", seat),
        "label": seat.name,
        "other_label": [{"name": seat.code}],
        "role": seat.kind,
        "organization_id": _id("council", seat.council_id),
    }


def _membership(member):
    return {
        "id": _id("membership", member),
        "person_id": _id("person", member.partner_id),
        "organization_id": _id("council", member.council_id),
        "post_id": _id("post", member.seat_id),
        "role": "member",
        "label": member.seat_id.name,
        "start_date": _day(member.date_from),
        **_given(end_date=_day(member.date_to)),
    }


def _chair(decree):
    return {
        "id": _id("decree", decree),
        "person_id": _id("person", decree.partner_id),
        "organization_id": _id("council", decree.council_id),
        "role": "chair",
        "start_date": _day(decree.date_from),
        **_given(end_date=_day(decree.date_ended or decree.date_to)),
    }


def _id(kind, record):
    return f"{kind}/{record.id}"


def _day(day):
    return day.isoformat() if day else None


def _given(**values):
    """What is known; the rest is left out."""
    return {name: value for name, value in values.items() if value}
