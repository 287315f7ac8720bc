{
    "name": "Strategic Councils",
    "summary": "Councils run by their by-law: decrees, sessions, written notice, attendance, minutes",
    "version": "19.0.0.1.0",
    "category": "Productivity",
    "author": "Shora",
    "license": "LGPL-3",
    "application": True,
    "depends": ["calendar", "hr", "portal", "dms", "web_jalali"],
    "external_dependencies": {"python": ["jdatetime", "weasyprint"]},
    "data": [
        "security/shora_security.xml",
        "security/ir.model.access.csv",
        "security/shora_rules.xml",
        "data/ir_sequence_data.xml",
        "data/ir_cron_data.xml",
        "views/desk_views.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "shora_council/static/src/desk/**/*",
        ],
    },
}
