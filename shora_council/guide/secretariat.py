"""The Secretariat of the councils."""

from odoo.tools.translate import LazyTranslate

from .marks import Button, Menu, Screen
from .page import Page, Section, step

_lt = LazyTranslate(__name__)

PAGE = Page(
    role="secretariat",
    title=_lt("Secretariat"),
    intro=_lt("For the head and the employees of the Secretariat. What only the head does is said."),
    groups=("shora_council.group_shora_secretariat",),
    sections=(
        Section(
            _lt("The first day"),
            (
                step(
                    "5-9",
                    _lt(
                        "Open %(desk)s every morning: the table shows how much of each council waits at which stage; "
                        "a figure narrows the list below to it. Late ones stand first."
                    ),
                    desk=Menu("shora_secretariat_desk_menu"),
                ),
                step(
                    "5-8",
                    _lt(
                        "See in %(body)s who is head and which department is the Secretariat: rights follow its "
                        "employees in HR. Whoever is on leave is stood in for by who is named in %(substitutes)s."
                    ),
                    body=Menu("shora_council_body_menu"),
                    substitutes=Menu("shora_substitute_menu"),
                ),
            ),
        ),
        Section(
            _lt("Minutes that arrive"),
            (
                step(
                    "5-5",
                    _lt(
                        "Open what was forwarded from %(desk)s or %(minutes)s and press “%(receive)s”; it is given "
                        "its receipt number."
                    ),
                    desk=Menu("shora_secretariat_desk_menu"),
                    minutes=Menu("shora_minutes_menu"),
                    receive=Button("shora_minutes_view_form", "action_receive"),
                ),
                step(
                    "5-5",
                    _lt(
                        "Where something is wanting press “%(back)s” and name the defects. The secretary answers by "
                        "an addendum within the time the form shows."
                    ),
                    back=Button("shora_minutes_view_form", "action_return"),
                ),
                step(
                    "5-9",
                    _lt(
                        "With “%(note)s” write for the President what he should know of the session and what you "
                        "recommend; councils do not read it. “%(keep)s” goes on later, “%(accept)s” ends the review."
                    ),
                    note=Button("shora_minutes_view_form", "action_note"),
                    keep=Button("shora_minutes_review_view_form", "action_save"),
                    accept=Button("shora_minutes_review_view_form", "action_save_and_review"),
                ),
            ),
        ),
        Section(
            _lt("The dossier"),
            (
                step(
                    "5-9",
                    _lt(
                        "On %(desk)s mark the reviewed minutes, of one council or of several, and press "
                        "“%(prepare)s”. Drafts are in %(dossiers)s."
                    ),
                    desk=Menu("shora_secretariat_desk_menu"),
                    prepare=Screen("secretariat/secretariat_desk.xml", "Prepare a dossier"),
                    dossiers=Menu("shora_dossier_menu"),
                ),
                step(
                    "5-9",
                    _lt(
                        "Complete introduction, summaries and recommendations, take in what the President referred "
                        "with “%(referred)s”, and read it with “%(preview)s”."
                    ),
                    referred=Button("shora_dossier_view_form", "action_add_referred"),
                    preview=Button("shora_dossier_view_form", "action_print"),
                ),
                step(
                    "5-9",
                    _lt(
                        "The head hands it over with “%(present)s”: from then on it is sealed and stands on the "
                        "President's desk. How long decisions take is in %(times)s."
                    ),
                    present=Button("shora_dossier_view_form", "action_present"),
                    times=Menu("shora_decision_time_menu"),
                ),
            ),
        ),
        Section(
            _lt("Watching over the by-law"),
            (
                step(
                    "5",
                    _lt(
                        "%(compliance)s shows for every council which clause is kept and which is not; a council "
                        "opens its clauses, a clause its findings. Findings of all councils together are in "
                        "%(findings)s."
                    ),
                    compliance=Menu("shora_compliance_menu"),
                    findings=Menu("shora_finding_menu"),
                ),
                step(
                    "5",
                    _lt(
                        "Every Saturday morning the head receives the digest of the week: what is new, unresolved and"
                        " put right. Earlier ones are in %(digests)s."
                    ),
                    digests=Menu("shora_compliance_digest_menu"),
                ),
                step(
                    "5-6",
                    _lt(
                        "Who missed three ordinary sessions in a row is in %(resignations)s; print the letter with "
                        "“%(letter)s”. Where a corrected attendance voided it and the seat is taken meanwhile, write "
                        "your decision and press “%(decided)s”."
                    ),
                    resignations=Menu("shora_deemed_resignation_menu"),
                    letter=Button("shora_deemed_resignation_view_form", "action_print"),
                    decided=Button("shora_deemed_resignation_view_form", "action_decided"),
                ),
            ),
        ),
        Section(
            _lt("Archive"),
            (
                step(
                    "5-7",
                    _lt(
                        "A copy of every document of the councils is kept in %(archive)s by itself, by council, year "
                        "and session. Nobody changes or deletes it."
                    ),
                    archive=Menu("shora_archive_menu"),
                ),
                step(
                    "5-7",
                    _lt(
                        "Every night sealed documents are compared with their seals; the outcome is in %(integrity)s."
                        " In a council “%(check)s” does it at once."
                    ),
                    integrity=Menu("shora_integrity_menu"),
                    check=Button("shora_council_view_form", "action_check_integrity"),
                ),
            ),
        ),
        Section(
            _lt("Joint sessions of the secretaries"),
            (
                step(
                    "5-10",
                    _lt(
                        "Make the session in %(joint)s; its agenda, notice and minutes go as a council's do. The head"
                        " presides and signs."
                    ),
                    joint=Menu("shora_joint_session_menu"),
                ),
                step(
                    "5-10",
                    _lt(
                        "%(suggestions)s shows what several councils treat: “%(agenda)s” takes it up. What the "
                        "meeting decided is put to the councils with “%(push)s” and followed in %(pushed)s."
                    ),
                    suggestions=Menu("shora_joint_suggestion_menu"),
                    agenda=Button("shora_joint_suggestion_view_list", "action_put_on_agenda"),
                    push=Button("shora_joint_theme_view_form", "action_push"),
                    pushed=Menu("shora_joint_push_menu"),
                ),
            ),
        ),
    ),
)
