from . import attendance_correct, decree_basket, session_final, session_open
