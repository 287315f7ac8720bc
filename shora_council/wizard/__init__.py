from . import attendance_correct, decree_basket, past_decree_import, post_change, roll, session_final, session_open
