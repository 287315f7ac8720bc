from . import calendar_event, ir_http, ir_sequence, res_users
