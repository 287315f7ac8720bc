from . import attendance_correct, decree_end, session_final, session_open
