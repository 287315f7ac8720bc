from . import attendance_correct, session_final, session_open
