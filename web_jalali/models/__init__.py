from . import (
    base_read_group,
    base_read_group_legacy,
    calendar_event,
    ir_cron,
    ir_http,
    ir_sequence,
    jalali_functions,
    mail_activity,
    mail_render_mixin,
    mail_thread,
    res_config_settings,
    res_users,
)
