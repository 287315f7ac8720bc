"""Secretary of a council and the council's expert staff."""

from odoo.tools.translate import LazyTranslate

from .marks import Button, Menu, Screen
from .page import Page, Section, step

_lt = LazyTranslate(__name__)

PAGE = Page(
    role="secretary",
    title=_lt("Council secretary"),
    intro=_lt("For the secretary of a council and its expert staff. What only the secretary does is said."),
    groups=("shora_council.group_shora_staff",),
    sections=(
        Section(
            _lt("The first day"),
            (
                step(
                    "5",
                    _lt(
                        "Open %(desk)s every morning: what is overdue stands first, then what is due. “%(mine)s” "
                        "leaves out what waits for others."
                    ),
                    desk=Menu("shora_desk_menu"),
                    mine=Screen("desk/desk.xml", "Only what waits for me"),
                ),
                step(
                    "4",
                    _lt(
                        "Open your council in %(councils)s and look at its composition: how many members, who is "
                        "chair, which seat is vacant. What is missing needs a decree; tell HR or the President's "
                        "office."
                    ),
                    councils=Menu("shora_council_menu"),
                ),
                step(
                    "5-1",
                    _lt(
                        "In %(members)s see that everybody has an e-mail address; the secretary opens each member and"
                        " presses “%(access)s”. The member receives an invitation and reads, answers and proposes "
                        "from a phone."
                    ),
                    members=Menu("shora_membership_menu"),
                    access=Button("shora_membership_view_form", "action_give_access"),
                ),
            ),
        ),
        Section(
            _lt("The year"),
            (
                step(
                    "5-1",
                    _lt(
                        "Plan the sessions in %(planner)s: choose the council and the year and press “%(propose)s”. "
                        "Look through the days, then press “%(create)s”. Days of %(days_off)s are avoided."
                    ),
                    planner=Menu("shora_session_planner_menu"),
                    propose=Button("shora_session_planner_view_form", "action_propose"),
                    create=Button("shora_session_planner_view_form", "action_create"),
                    days_off=Menu("shora_day_off_menu"),
                ),
                step(
                    "5-4",
                    _lt(
                        "In Farvardin make the plan of the year in %(plans)s: its lines, the themes and duties they "
                        "serve. “%(suggest)s” names members by their expertise. The secretary presents it with "
                        "“%(present)s” before the day the form shows."
                    ),
                    plans=Menu("shora_annual_plan_menu"),
                    suggest=Button("shora_annual_plan_view_form", "action_take_suggestions"),
                    present=Button("shora_annual_plan_view_form", "action_present"),
                ),
                step(
                    "5-4",
                    _lt(
                        "Put it before the council with “%(put)s” and, when the council has approved it in a session,"
                        " record that with “%(approve)s”. The President confirms; nothing of the plan is carried out "
                        "before."
                    ),
                    put=Button("shora_annual_plan_view_form", "action_put_on_agenda"),
                    approve=Button("shora_annual_plan_view_form", "action_approve"),
                ),
                step(
                    "5-4",
                    _lt(
                        "During the year bring lines onto agendas with “%(draw)s”, change the plan only with "
                        "“%(amend)s”, and read in %(actual)s what was done of it."
                    ),
                    draw=Button("shora_annual_plan_view_form", "action_draw_items"),
                    amend=Button("shora_annual_plan_view_form", "action_amend"),
                    actual=Menu("shora_annual_plan_line_menu"),
                ),
            ),
        ),
        Section(
            _lt("Before a session"),
            (
                step(
                    "5-1",
                    _lt(
                        "Open the session in %(sessions)s and write the agenda: each item with its presenter, its "
                        "minutes and its documents. What members proposed is taken up with “%(accept)s”."
                    ),
                    sessions=Menu("shora_session_menu"),
                    accept=Button("shora_agenda_item_view_form", "action_accept"),
                ),
                step(
                    "4-n4",
                    _lt(
                        "Experts who shall be heard are named in the item itself, as its guests; they see that item "
                        "and nothing else."
                    ),
                ),
                step(
                    "5-1",
                    _lt(
                        "At least a week before the session press “%(prepare)s”, look at it with “%(pack)s” and send "
                        "it with “%(dispatch)s”. After the last day the software asks for the reason, and the delay "
                        "is a finding."
                    ),
                    prepare=Button("shora_session_view_form", "action_prepare_notice"),
                    pack=Button("shora_notice_view_form", "action_preview_pack"),
                    dispatch=Button("shora_notice_view_form", "action_dispatch"),
                ),
                step(
                    "5-1",
                    _lt(
                        "In the notice follow whom it reached. A letter on paper is recorded with “%(handed)s”, a "
                        "mail that failed is sent again with “%(retry)s” or served with “%(paper)s”."
                    ),
                    handed=Button("shora_notice_view_form", "action_hand_over"),
                    retry=Button("shora_notice_recipient_view_form", "action_retry"),
                    paper=Button("shora_notice_recipient_view_form", "action_serve_on_paper"),
                ),
            ),
        ),
        Section(
            _lt("The session"),
            (
                step(
                    "5-2",
                    _lt(
                        "On the day press “%(run)s” in the session, then “%(open)s”, and choose who presides on which"
                        " ground: the chair, by delegation, or in the chair's absence the secretary."
                    ),
                    run=Button("shora_session_view_form", "action_run"),
                    open=Button("shora_session_view_form", "action_open"),
                ),
                step(
                    "4-n3",
                    _lt(
                        "Mark every member: “%(present)s”, “%(late)s”, “%(absent)s” or “%(excused)s”. Nobody sits in "
                        "another's place; who came otherwise is added below the members."
                    ),
                    present=Screen("session_run/run_attendance.js", "Present"),
                    late=Screen("session_run/run_attendance.js", "Late"),
                    absent=Screen("session_run/run_attendance.js", "Absent"),
                    excused=Screen("session_run/run_attendance.js", "With excuse"),
                ),
                step(
                    "5-5",
                    _lt(
                        "Take up the items one by one with “%(take_up)s”, note what is said, and close each with "
                        "“%(discussed)s”. A resolution is written with “%(put)s” and settled with “%(adopt)s”, "
                        "“%(reject)s” or “%(defer)s”."
                    ),
                    take_up=Screen("session_run/run_item.xml", "Take up"),
                    discussed=Screen("session_run/run_item.xml", "Mark as discussed"),
                    put=Screen("session_run/run_item.xml", "Put a resolution"),
                    adopt=Screen("session_run/run_item.js", "Adopt"),
                    reject=Screen("session_run/run_item.js", "Reject"),
                    defer=Screen("session_run/run_item.js", "Defer"),
                ),
                step(
                    "5-3",
                    _lt(
                        "A resolution that leads to a project or another expense: say so on its form in "
                        "%(resolutions)s. It is notified only when what the Centre's regulations ask for is there."
                    ),
                    resolutions=Menu("shora_resolution_menu"),
                ),
                step(
                    "5-6",
                    _lt(
                        "End with “%(hold)s”, check the attendance once more and press “%(close)s”. The rule of "
                        "absences is judged at once: the third absence in a row from ordinary sessions ends a "
                        "membership."
                    ),
                    hold=Button("shora_session_view_form", "action_hold"),
                    close=Button("shora_session_view_form", "action_close"),
                ),
            ),
        ),
        Section(
            _lt("The week after"),
            (
                step(
                    "5-5",
                    _lt(
                        "Open the draft with “%(minutes)s” in the session, complete its text and read it with "
                        "“%(preview)s”. The secretary signs with “%(sign)s”; from then on nothing in it changes."
                    ),
                    minutes=Button("shora_session_view_form", "action_minutes"),
                    preview=Button("shora_minutes_view_form", "action_print"),
                    sign=Button("shora_minutes_view_form", "action_sign"),
                ),
                step(
                    "5-5",
                    _lt(
                        "Within a week of the session the secretary sends it with “%(forward)s”; number and covering "
                        "letter come with it."
                    ),
                    forward=Button("shora_minutes_view_form", "action_forward"),
                ),
                step(
                    "5-5",
                    _lt(
                        "Minutes that come back with defects are answered by an addendum: write it with "
                        "“%(addendum)s”, sign it with “%(sign)s” and send it with “%(answer)s”. What is signed is not"
                        " written over."
                    ),
                    addendum=Button("shora_minutes_view_form", "action_new_addendum"),
                    sign=Button("shora_minutes_addendum_view_form", "action_sign"),
                    answer=Button("shora_minutes_view_form", "action_forward", 1),
                ),
                step(
                    "5-9",
                    _lt(
                        "When the President has decided, the resolutions are on your desk again: in %(resolutions)s "
                        "tell the executor with “%(notify)s” and follow it with “%(execute)s” and “%(done)s”."
                    ),
                    resolutions=Menu("shora_resolution_menu"),
                    notify=Button("shora_resolution_view_form", "action_notify"),
                    execute=Button("shora_resolution_view_form", "action_execute"),
                    done=Button("shora_resolution_view_form", "action_done"),
                ),
            ),
        ),
        Section(
            _lt("Every week"),
            (
                step(
                    "5",
                    _lt(
                        "Read %(findings)s: what departs from the by-law, since when, and who must act. A finding "
                        "closes by itself when the fact behind it is put right."
                    ),
                    findings=Menu("shora_finding_menu"),
                ),
                step(
                    "4-B",
                    _lt(
                        "Before a term ends it stands in %(renewals)s; the secretary proposes the renewal with "
                        "“%(renew)s”. An expert's membership lasts a year."
                    ),
                    renewals=Menu("shora_renewal_menu"),
                    renew=Button("shora_renewal_view_list", "action_propose_renewal"),
                ),
                step(
                    "5-10",
                    _lt(
                        "Joint sessions of the secretaries are in %(joint)s; themes they put to your council appear "
                        "on the agenda of your next session."
                    ),
                    joint=Menu("shora_joint_session_menu"),
                ),
            ),
        ),
    ),
)
