"""Members of a council, on the portal."""

from odoo.tools.translate import LazyTranslate

from .marks import Word
from .page import Page, Section, step

_lt = LazyTranslate(__name__)

PAGE = Page(
    role="member",
    title=_lt("Council member"),
    intro=_lt("Everything here fits a phone."),
    groups=("base.group_portal", "shora_council.group_shora_member"),
    sections=(
        Section(
            _lt("The first day"),
            (
                step(
                    "5-1",
                    _lt(
                        "Open the invitation you received by e-mail and choose a password. On the first page tap "
                        "“%(councils)s”."
                    ),
                    councils=Word("portal_my_home", "My councils"),
                ),
                step(
                    "5-1",
                    _lt(
                        "At the bottom of that page “%(make)s” gives a private address, and “%(add)s” puts your "
                        "sessions into the phone's calendar, where they stay up to date. Whoever has the address sees"
                        " them; “%(revoke)s” ends it."
                    ),
                    make=Word("portal_calendar_feed", "Make the address"),
                    add=Word("portal_calendar_feed", "Add to the calendar"),
                    revoke=Word("portal_calendar_feed", "Revoke the address"),
                ),
            ),
        ),
        Section(
            _lt("Every session"),
            (
                step(
                    "5-1",
                    _lt(
                        "The invitation comes at least a week before. Open the session under “%(sessions)s”; opening "
                        "it is recorded as receipt of the invitation."
                    ),
                    sessions=Word("portal_page", "Sessions"),
                ),
                step(
                    "5-1",
                    _lt(
                        "Read the agenda; “%(pack)s” opens everything together, a document's name that document alone."
                    ),
                    pack=Word("portal_session_pack", "Agenda and all documents in one file"),
                ),
                step(
                    "4-n3",
                    _lt(
                        "Answer with “%(yes)s”, or with “%(no)s”, the reason and “%(announce)s”. Members come in "
                        "person; nobody can be sent instead."
                    ),
                    yes=Word("portal_session_reply", "I will attend"),
                    no=Word("portal_session_reply", "I will not attend"),
                    announce=Word("portal_session_reply", "Announce the absence"),
                ),
                step(
                    "5-1",
                    _lt(
                        "A matter of your own: open “%(propose)s” on the page of a coming session, say what and why, "
                        "and tap “%(send)s”. The secretary decides on the agenda; the page shows what became of it."
                    ),
                    propose=Word("portal_session", "Propose an item for the agenda"),
                    send=Word("portal_session", "Send to the secretary"),
                ),
            ),
        ),
        Section(
            _lt("After the session"),
            (
                step(
                    "5-6",
                    _lt(
                        "“%(attendance)s” shows your presence and how many ordinary sessions you missed in a row. "
                        "After the third the membership ends by itself."
                    ),
                    attendance=Word("portal_page", "My attendance"),
                ),
                step(
                    "5-5",
                    _lt("Signed minutes and their resolutions are under “%(minutes)s”."),
                    minutes=Word("portal_page", "Minutes"),
                ),
                step(
                    "4-B",
                    _lt(
                        "Your decrees of appointment and renewal are under “%(decrees)s”; they stay yours after the "
                        "membership."
                    ),
                    decrees=Word("portal_page", "My decrees"),
                ),
            ),
        ),
    ),
)
