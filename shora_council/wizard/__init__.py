from . import attendance_correct, decree_basket, post_change, roll, session_final, session_open
