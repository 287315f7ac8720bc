"""HR officers: decrees from the appointment to the end."""

from odoo.tools.translate import LazyTranslate

from .marks import Button, Choice, Menu, Word
from .page import Page, Section, step

_lt = LazyTranslate(__name__)

PAGE = Page(
    role="hr",
    title=_lt("Human resources"),
    intro=_lt("For HR officers: from the first decree to the end of a membership."),
    groups=("hr.group_hr_user",),
    sections=(
        Section(
            _lt("The first day"),
            (
                step(
                    "4",
                    _lt(
                        "Look through %(seats)s: vacant seats, who sits by which decree, and seats whose post has "
                        "another holder by now."
                    ),
                    seats=Menu("hr_shora_seat_menu"),
                ),
                step(
                    "4-A",
                    _lt(
                        "An ex-officio seat follows a post. Where HR keeps that post, name it in the seat; where it "
                        "does not, press “%(holder)s” when its holder changes."
                    ),
                    holder=Button("shora_seat_view_form", "action_record_holder"),
                ),
                step(
                    "4",
                    _lt(
                        "Decrees of earlier years come in at %(past)s: in the actions menu (the gear) choose the "
                        "import, download the template there and fill in one row a decree. A file comes in whole or "
                        "not at all; each faulty row is named."
                    ),
                    past=Menu("hr_shora_past_decree_menu"),
                ),
            ),
        ),
        Section(
            _lt("Appointment"),
            (
                step(
                    "4",
                    _lt(
                        "Write the decree in %(decrees)s: kind, seat, appointee, first day and the proposal it rests "
                        "on. Read it with “%(preview)s” and hand it on with “%(propose)s”."
                    ),
                    decrees=Menu("hr_shora_decree_menu"),
                    preview=Button("shora_decree_view_form", "action_print"),
                    propose=Button("shora_decree_view_form", "action_propose"),
                ),
                step(
                    "4-B",
                    _lt("An expert's decree names academic rank and field of study and lasts one Jalali year."),
                ),
                step(
                    "4-n2",
                    _lt(
                        "Other kinds: “%(chair)s” for one of the experts, “%(acting)s” where there is no secretary, "
                        "“%(representative)s” for the seat that may be represented."
                    ),
                    chair=Choice("shora.decree", "kind", "chair"),
                    acting=Choice("shora.decree", "kind", "acting"),
                    representative=Choice("shora.decree", "kind", "representative"),
                ),
                step(
                    "4",
                    _lt(
                        "Once the President has signed the letter enter its official number and date and press "
                        "“%(issue)s”: the decree is sealed and takes effect on its first day; “%(print)s” gives it. "
                        "Several of one council: open the council in %(councils)s, press “%(basket)s” and then "
                        "“%(all)s”."
                    ),
                    issue=Button("shora_decree_view_form", "action_issue"),
                    print=Button("shora_decree_view_form", "action_print", 1),
                    basket=Word("shora_council_view_form", "Proposed decrees"),
                    councils=Menu("shora_council_menu"),
                    all=Button("shora_decree_basket_view_form", "action_issue"),
                ),
                step(
                    "5-1",
                    _lt("Give the new member access in %(members)s with “%(access)s”, so that invitations reach him."),
                    members=Menu("hr_shora_membership_menu"),
                    access=Button("shora_membership_view_form", "action_give_access"),
                ),
            ),
        ),
        Section(
            _lt("Renewal and end"),
            (
                step(
                    "4-B",
                    _lt(
                        "Every week open %(renewals)s: who reached the first reminder stands there with the days "
                        "left. “%(renew)s” prepares the decree."
                    ),
                    renewals=Menu("hr_shora_renewal_menu"),
                    renew=Button("shora_renewal_view_list", "action_propose_renewal"),
                ),
                step(
                    "4",
                    _lt(
                        "A membership ends before its term by a decree: open the decree in force, press “%(end)s”, "
                        "give the ground and the day, and let it go the same way."
                    ),
                    end=Button("shora_decree_view_form", "action_end"),
                ),
                step(
                    "5-6",
                    _lt(
                        "After the third absence in a row no decree is needed: the membership has ended and is in "
                        "%(resignations)s. For the vacant seat prepare a new decree."
                    ),
                    resignations=Menu("shora_deemed_resignation_menu"),
                ),
                step(
                    "4-A",
                    _lt("When the holder of a post changed, the seat asks for it: press “%(new)s” there."),
                    new=Button("shora_seat_view_form", "action_new_decree"),
                ),
                step(
                    "4",
                    _lt("Who sat on a given day is answered by %(roll)s; “%(print)s” gives it on paper."),
                    roll=Menu("shora_roll_menu"),
                    print=Button("shora_roll_view_form", "action_print"),
                ),
            ),
        ),
    ),
)
