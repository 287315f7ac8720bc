from . import calendar_event, ir_http, ir_sequence, mail_activity, res_users, resource_calendar
