"""Every method that our addons open to remote clients, the verbs of every model aside.

A method that is not listed fails the matrix: before it is, somebody has looked at it with an attacker's eye.
"""

PUBLIC = {
    "base": "formatted_read_group formatted_read_grouping_sets read_progress_bar web_read_group",
    "base_import.import": "execute_import",
    "dms.directory": "check_access_token",
    "dms.file": "check_access_token",
    "hr.employee": "action_open_shora_memberships",
    "ir.fields.converter": "db_id_for",
    "ir.http": "get_frontend_session_info session_info",
    "ir.module.module": "button_uninstall",
    "mail.activity": "action_notify",
    "mail.mail": "mark_outgoing",
    "mail.thread": "message_notify",
    "report.shora_council_reports.sheets": "create_xlsx_report generate_xlsx_report get_workbook_options",
    "res.config.settings": "set_values",
    "res.partner": "action_open_shora_memberships",
    "resource.calendar": "get_days_off",
    "resource.calendar.leaves": "action_shora_hits",
    "shora.agenda.item": (
        "action_accept action_discuss action_follow action_postpone action_push action_reopen "
        "action_withdraw add_note decide push_to settle take_up"
    ),
    "shora.agenda.propose": "action_confirm",
    "shora.annual.plan": (
        "action_amend action_close action_draw_items action_open_lines action_take_over action_take_suggestions"
    ),
    "shora.annual.plan.line": "action_open_items action_open_resolutions action_take_suggestion",
    "shora.attendance": "action_correct action_mark mark",
    "shora.attendance.correct": "action_confirm",
    "shora.attendance.marking": "action_record",
    "shora.bylaw": "action_new_version action_put_in_force",
    "shora.compliance": "get_council get_overview",
    "shora.composition.report": "action_open",
    "shora.council": (
        "action_check_integrity action_download_popolo action_download_sessions action_open_basket "
        "action_open_compliance action_open_findings action_open_members action_open_plans "
        "action_open_register action_open_roll action_open_sessions action_open_themes "
        "action_order_year_file action_plan_year"
    ),
    "shora.dashboard": "get_council get_overview",
    "shora.day.off.hit": "action_open_session",
    "shora.decree": "action_back_to_draft action_basket action_end action_issue action_print action_propose",
    "shora.decree.basket": "action_issue action_propose",
    "shora.deemed.resignation": "action_decided action_print",
    "shora.desk": "get_desk",
    "shora.dossier": (
        "action_add_referred action_open_page action_present action_print action_withdraw file_scan finalize"
    ),
    "shora.dossier.line": "decide",
    "shora.dossier.withdraw": "action_confirm",
    "shora.finding": "action_open_subject",
    "shora.holiday.fetch": "action_fetch",
    "shora.joint.push": "action_open_item",
    "shora.joint.put": "action_confirm",
    "shora.joint.suggestion": "action_put_on_agenda",
    "shora.membership": "action_give_access action_propose_renewal",
    "shora.minutes": (
        "action_download_akoma_ntoso action_forward action_new_addendum action_new_file action_note "
        "action_print action_print_covering action_receive action_refresh action_return action_review"
    ),
    "shora.minutes.addendum": "action_print",
    "shora.minutes.file": "action_download",
    "shora.minutes.file.add": "action_confirm",
    "shora.minutes.item": "action_take_again",
    "shora.minutes.return": "action_confirm",
    "shora.minutes.review": "action_save action_save_and_review",
    "shora.minutes.step": "action_print_letter",
    "shora.notice": (
        "action_dispatch action_issue_certificate action_preview action_preview_pack action_print "
        "action_print_certificate action_print_pack action_print_paper action_retry"
    ),
    "shora.notice.call": "action_record",
    "shora.notice.certificate": "action_open",
    "shora.notice.delay": "action_record",
    "shora.notice.document": "action_download",
    "shora.notice.handing": "action_record",
    "shora.notice.recipient": (
        "action_call action_explain action_hand_over action_handed action_retry action_serve_on_paper"
    ),
    "shora.past.decree": "get_import_templates",
    "shora.plan.agenda": "action_confirm",
    "shora.plan.approval.mixin": (
        "action_approve action_confirm_decision action_present action_print action_put_on_agenda "
        "action_return_decision action_take_back"
    ),
    "shora.plan.decision": "action_confirm",
    "shora.post.change": "action_confirm",
    "shora.president.desk": "get_page",
    "shora.referral": "action_confirm",
    "shora.report.choice": "action_export action_print",
    "shora.resolution": (
        "action_abandon action_adopt action_defer action_done action_execute action_notify "
        "action_preview_letter action_print_letter action_reject action_stop"
    ),
    "shora.roll": "action_print action_today",
    "shora.screen.mixin": "action_open",
    "shora.seal": "action_open_record",
    "shora.sealed.mixin": "action_sign",
    "shora.seat": "action_new_decree action_record_holder",
    "shora.secretariat.desk": "get_desk prepare_dossier",
    "shora.session": (
        "action_bring_forward action_cancel action_close action_from_plan action_hold action_minutes "
        "action_not_held action_open action_postpone action_prepare_notice action_print_attendance "
        "action_propose_item action_run action_schedule action_take_back add_present find_people get_run "
        "propose_item reply"
    ),
    "shora.session.final": "action_confirm",
    "shora.session.open": "action_confirm",
    "shora.session.planner": "action_create action_propose",
    "shora.sign": "action_confirm",
    "shora.sms": "action_retry",
    "shora.year.file": "action_download action_look_again",
    "shora.year.order": "action_order",
}
