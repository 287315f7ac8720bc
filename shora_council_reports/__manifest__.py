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
        "data/ir_cron_data.xml",
        "views/report_actions.xml",
        "views/print_templates.xml",
        "views/print_actions.xml",
        "views/report_choice_views.xml",
        "views/year_file_views.xml",
        "views/menus.xml",
    ],
    "assets": {
        "web.assets_backend": [
            "shora_council_reports/static/src/print/print_handler.js",
        ],
    },
}
