from . import (
    attendance_correct,
    decree_basket,
    past_decree_import,
    portal_wizard,
    post_change,
    roll,
    session_final,
    session_open,
)
