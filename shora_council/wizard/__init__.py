from . import (
    attendance_correct,
    day_off_hit,
    decree_basket,
    holiday_fetch,
    past_decree_import,
    portal_wizard,
    post_change,
    roll,
    session_final,
    session_open,
    session_planner,
    session_planner_line,
)
