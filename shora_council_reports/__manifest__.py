{
    "name": "Strategic Councils: Reports",
    "summary": "Reports of Tehran's strategic councils for print and spreadsheet",
    "version": "19.0.0.1.0",
    "license": "AGPL-3",
    "author": "Shora",
    "category": "Productivity",
    "depends": ["shora_council", "report_xlsx"],
}
