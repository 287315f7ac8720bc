{
    "name": "Strategic Councils: Reports",
    "summary": "Reports of Tehran's strategic councils for print and spreadsheet",
    "version": "19.0.0.6.0",
    "license": "AGPL-3",
    "author": "Shora",
    "category": "Productivity",
    "depends": ["shora_council", "report_xlsx"],
    "external_dependencies": {"python": ["xlsxwriter"]},
    "data": [
        "security/ir.model.access.csv",
        "security/shora_report_rules.xml",
        "security/shora_screen_rules.xml",
        "views/report_actions.xml",
        "views/report_choice_views.xml",
        "views/menus.xml",
        "views/attendance_report_views.xml",
        "views/resolution_report_views.xml",
        "views/deadline_report_views.xml",
        "views/composition_report_views.xml",
        "views/dashboard_views.xml",
        "views/open_format_actions.xml",
        "views/screen_menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "shora_council_reports/static/src/dashboard/**/*",
        ],
        "web.assets_tests": [
            "shora_council_reports/static/tests/tours/**/*",
        ],
    },
}
