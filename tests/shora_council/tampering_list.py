"""Columns of rows with something sealed in them that are not sealed themselves, each with the reason.

A column that is in no seal and not here fails ``test_tampering.py``: somebody has to decide which of the two it is.
What ``archive_chain.FACTS`` binds with the copy of a document is bound in the rows that have one: a step of the minutes
without a letter, or an answer without a scan, is a fact of later days.
"""

PLATFORM = {"id", "create_uid", "write_uid", "create_date", "write_date"}

AFTER = "a fact of later days; the letter that says it is a file with its SHA-256"
LATER = "what later days add to the letter, which is bound with what its row said of it"
PERSON = "two contacts of one person are made one; the name as printed is bound"
LIFE = "the record lives on after the minutes; what they say of it is sealed"
LINK = "a link to a user or a file; the name, or the file itself, is sealed"
DRAFT = "of the draft; nothing reads it after the signature"
ORDER = "a place in an order, which is compared as an order"
TOLD = "when and whom the system reminded"
NIGHTLY = "judged anew every night from the sealed rows (5-6)"
SERVING = "how a file is called and served; what it holds has its SHA-256"

#: model → {reason: names of its columns}; "*" for all of them
UNSEALED = {
    "ir.attachment": {
        SERVING: "name description mimetype index_content public access_token original_id company_id",
        "empty: nothing is kept in the database": "db_datas",
    },
    "shora.session": {
        LIFE: "successor_id event_id calendar_sequence current_item_id postponed_to opened_at video_url ground"
        " delegation_note attendance_scan_name final_reason attendance_confirmed_by_id attendance_confirmed_at"
        " minutes_awaited",
        TOLD: "notice_reminded_days minutes_reminded_days members_reminded minutes_escalated",
    },
    "shora.attendance": {NIGHTLY: "is_de_facto"},
    "shora.attendance.change": {"of a correction before the minutes, which show its outcome": "addendum_id"},
    "shora.agenda.item": {
        LIFE: "settled_at proposer_id minutes_planned carried_to_id carried_from_id followed_resolution_id is_late"
        " taken_up_at withdraw_reason source description plan_line_id annual_plan_id plan_amendment_id joint_push_id",
        ORDER: "sequence",
        "taken into the minutes, which are sealed with it": "discussion decision",
    },
    "shora.minutes": {
        AFTER: "official_number official_date",
        DRAFT: "facts_json",
    },
    "shora.minutes.item": {DRAFT: "taken_discussion taken_decision", ORDER: "sequence"},
    "shora.minutes.file": {"it has this one state": "state"},
    "shora.minutes.defect": {AFTER: "step_id name"},
    "shora.decree": {
        LATER: "state official_number official_date official_year end_reason date_ended date_to membership_id",
        PERSON: "partner_id principal_id",
        "bound; the database itself refuses others than those of the kind": "ends_decree_id end_ground",
    },
    "shora.notice": {LATER: "state official_number official_date effective_at"},
    "shora.notice.document": {
        LINK: "attachment_id",
        "bound; and its number is taken in every other notice": "notice_id",
    },
    "shora.notice.recipient": {
        "the delivery goes on after the dispatch; the certificate of a day is a file with its SHA-256": "notice_id"
        " membership_id partner_id handed_by_id mail_id attempts late_reason_by_id called_by_id sent_at opened_at"
        " sending_since late_reason_at called_at printed_title printed_name printed_post printed_number phone_number"
        " phone_answer late_reason channel state address receipt_name failure failure_kind",
    },
    "shora.notice.certificate": {"it has this one state": "state"},
    "shora.resolution": {
        LIFE: "owner_id date_due duty_id progress burden burden_unit_id approver_id regulation regulation_reference"
        " budget_reference abandon_reason plan_line_id executed_on done_on president_decision president_text"
        " president_decided_on",
        AFTER: "official_number official_date",
    },
    "shora.dossier": {
        AFTER: "decided_on official_number official_date withdrawn_at withdrawn_by_id withdrawn_name withdraw_reason",
        LINK: "presented_by_id company_id",
    },
    "shora.dossier.minutes": {ORDER: "sequence", AFTER: "is_withdrawn", LINK: "dossier_id"},
    "shora.dossier.line": {
        ORDER: "sequence",
        AFTER: "recorded_by_id revision is_final is_withdrawn recorded_at final_at decided_on decision recorded_name"
        " on_behalf final_name text",
        LINK: "minutes_id dossier_id part_id",
    },
    "shora.dossier.scan": {"bound; but there is one dossier here, and no other to move it to": "dossier_id"},
    "shora.seal.count": {"of two kinds, and a council has a row of each": "chain"},
    "shora.review.note": {"the Secretariat's own paper, which the dossier seals": "*"},
}


#: model → why a row that is gone, or one more, leaves nothing behind
LOOSE_ROWS = {
    "shora.minutes.step": AFTER,
    "shora.minutes.defect": AFTER,
    "shora.review.note": "the Secretariat's own paper, which the dossier seals",
    "shora.decision.time": "times that follow from the steps",
    "shora.notice.recipient": "the delivery goes on after the dispatch",
    "shora.session": "kept by its minutes: the database refuses",
}
