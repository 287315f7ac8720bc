from . import attendance_correct, decree_basket, roll, session_final, session_open
