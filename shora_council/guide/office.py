"""The President of the Centre and his office."""

from odoo.tools.translate import LazyTranslate

from .marks import Button, Choice, Menu, Screen
from .page import Page, Section, step

_lt = LazyTranslate(__name__)

PAGE = Page(
    role="office",
    title=_lt("President's office"),
    intro=_lt(
        "For the office, and for the President himself where he works in the software. The office records "
        "what the President wrote; his writing itself is filed as a scan."
    ),
    groups=("shora_council.group_shora_president_office", "shora_council.group_shora_president"),
    sections=(
        Section(
            _lt("The first day"),
            (
                step(
                    "5-9",
                    _lt(
                        "Open %(desk)s: the dossiers the Secretariat presented, with how many lines are decided. "
                        "Everything else that waits for you is in %(mine)s."
                    ),
                    desk=Menu("shora_president_desk_menu"),
                    mine=Menu("shora_desk_menu"),
                ),
                step(
                    "5-8",
                    _lt("While the head of the Secretariat is on leave, the substitute is named in %(substitutes)s."),
                    substitutes=Menu("shora_substitute_menu"),
                ),
            ),
        ),
        Section(
            _lt("The President's word"),
            (
                step(
                    "5-9",
                    _lt("Print the dossier with “%(print)s” and put it before the President, or give him the screen."),
                    print=Screen("president/president_desk.xml", "Print"),
                ),
                step(
                    "5-9",
                    _lt(
                        "Set “%(day)s”. In each line write his marginal note word by word, then tap what he decided: "
                        "“%(seen)s”, “%(instruct)s”, “%(back)s” or “%(refer)s”. A tap too many is undone with "
                        "“%(undo)s”."
                    ),
                    day=Screen("president/president_desk.xml", "Day of the decision"),
                    seen=Choice("shora.dossier.line", "decision", "seen"),
                    instruct=Choice("shora.dossier.line", "decision", "instruct"),
                    back=Choice("shora.dossier.line", "decision", "return"),
                    refer=Choice("shora.dossier.line", "decision", "refer"),
                    undo=Screen("president/president_desk.xml", "Take back"),
                ),
                step(
                    "5-9",
                    _lt(
                        "File what he wrote: one scan with “%(whole)s”, or one of a line with “%(scan)s”. Without it "
                        "the office makes nothing final."
                    ),
                    whole=Screen("president/president_desk.xml", "Scan of the whole"),
                    scan=Screen("president/president_desk.xml", "Scan"),
                ),
                step(
                    "5-9",
                    _lt(
                        "“%(final)s” makes the recorded decisions final; executors and secretaries are told at once, "
                        "and they change no more. Lines without a decision go on waiting."
                    ),
                    final=Screen("president/president_desk.xml", "Make final"),
                ),
            ),
        ),
        Section(
            _lt("Decrees, plans, referrals"),
            (
                step(
                    "4",
                    _lt(
                        "Proposed decrees are in %(decrees)s. “%(issue)s” seals a decree when the President has "
                        "agreed; “%(draft)s” gives it back."
                    ),
                    decrees=Menu("shora_decree_menu"),
                    issue=Button("shora_decree_view_form", "action_issue"),
                    draft=Button("shora_decree_view_form", "action_back_to_draft"),
                ),
                step(
                    "5-4",
                    _lt(
                        "Annual plans that a council approved are in %(plans)s: record the President's word with "
                        "“%(confirm)s” or “%(back)s”."
                    ),
                    plans=Menu("shora_annual_plan_menu"),
                    confirm=Button("shora_annual_plan_view_form", "action_confirm_decision"),
                    back=Button("shora_annual_plan_view_form", "action_return_decision"),
                ),
                step(
                    "5-1-n",
                    _lt(
                        "An urgent matter goes to a council by %(referral)s: matter, documents, the President's "
                        "letter and the time; “%(refer)s” calls the extraordinary session and tells the secretary."
                    ),
                    referral=Menu("shora_referral_menu"),
                    refer=Button("shora_referral_view_form", "action_confirm"),
                ),
            ),
        ),
        Section(
            _lt("Every week"),
            (
                step(
                    "5",
                    _lt(
                        "How the councils keep the by-law is in %(compliance)s, the digest of every week in "
                        "%(digests)s."
                    ),
                    compliance=Menu("shora_compliance_menu"),
                    digests=Menu("shora_compliance_digest_menu"),
                ),
                step(
                    "5-9",
                    _lt("%(times)s shows how long minutes and resolutions take to the President's decision."),
                    times=Menu("shora_decision_time_menu"),
                ),
            ),
        ),
    ),
)
