{
    "name": "Jalali Calendar",
    "summary": "Solar Hijri dates for Persian readers; everyone else's Odoo stays as it is",
    "version": "19.0.0.1.0",
    "category": "Hidden/Tools",
    "author": "Shora",
    "license": "LGPL-3",
    "depends": ["web", "base_import", "mail", "calendar", "resource"],
    "external_dependencies": {"python": ["jdatetime"]},
    "post_load": "post_load",
    "uninstall_hook": "uninstall_hook",
    "data": [
        "data/resource_calendar_data.xml",
        "views/ir_sequence_views.xml",
        "views/report_templates.xml",
        "views/res_config_settings_views.xml",
        "views/res_users_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            # What listens to the platform's modules starting comes before them.
            ("after", "web/static/src/session.js", "web_jalali/static/src/jalali/core/early.js"),
            ("after", "web/static/src/session.js", "web_jalali/static/src/jalali/core/numbers.js"),
            ("after", "web/static/src/session.js", "web_jalali/static/src/jalali/core/brand.js"),
            ("after", "web/static/src/session.js", "web_jalali/static/src/jalali/core/arithmetic.js"),
            "web_jalali/static/src/jalali/core/**/*",
            "web_jalali/static/src/jalali/backend/**/*",
        ],
        "web.assets_frontend": [
            ("after", "web/static/lib/luxon/luxon.js", "web_jalali/static/src/jalali/core/early.js"),
            ("after", "web/static/lib/luxon/luxon.js", "web_jalali/static/src/jalali/core/numbers.js"),
            ("after", "web/static/lib/luxon/luxon.js", "web_jalali/static/src/jalali/core/brand.js"),
            ("after", "web/static/lib/luxon/luxon.js", "web_jalali/static/src/jalali/core/arithmetic.js"),
            "web_jalali/static/src/jalali/core/**/*",
            "web_jalali/static/src/jalali/frontend/**/*",
        ],
        "web.assets_tests": [
            "web_jalali/static/tests/tours/**/*",
        ],
        "web.assets_unit_tests": [
            "web_jalali/static/tests/*.js",
        ],
    },
}
