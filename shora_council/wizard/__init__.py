from . import attendance_correct, decree_basket, post_change, session_final, session_open
