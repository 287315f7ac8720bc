from . import (
    agenda_propose,
    attendance_correct,
    decree_basket,
    past_decree_import,
    portal_wizard,
    post_change,
    referral,
    roll,
    session_final,
    session_open,
)
