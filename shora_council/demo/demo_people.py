from odoo import fields, models
from odoo.api import SUPERUSER_ID

# What people of the demonstration are called, and where they sit. Every password is the login.
SECOND = {
    "A1": ("e1", "مهدی", "یگانه", "جناب آقای مهندس", "عضو شورای اسلامی شهر تهران"),
    "A2": ("secretary2", "الهام", "صفایی", "سرکار خانم دکتر", "دبیر شورای محیط زیست شهری"),
    "A3": ("e3", "بابک", "رستگار", "جناب آقای دکتر", "معاون خدمات شهری مرکز"),
    "A4": ("e4", "زهره", "کاویانی", "سرکار خانم مهندس", "مدیرکل محیط زیست شهرداری تهران"),
    "B1": ("e5", "پرویز", "آذرنیا", "جناب آقای دکتر", "استاد مهندسی محیط زیست"),
    "B2": ("e6", "مریم", "توکلی", "سرکار خانم دکتر", "دانشیار آلودگی هوا"),
    "B3": ("e7", "هومن", "فاضلی", "جناب آقای دکتر", "استاد مدیریت منابع آب"),
    "B4": ("e8", "شهره", "بهادری", "سرکار خانم دکتر", "پژوهشگر پسماند شهری"),
    "B5": ("e9", "داریوش", "معین", "جناب آقای مهندس", "کارشناس فضای سبز"),
    "B6": ("e10", "نیلوفر", "سعادت", "سرکار خانم دکتر", "استادیار اقلیم شهری"),
    "B7": ("e11", "ایرج", "خسروی", "جناب آقای دکتر", "استاد سلامت محیط"),
}
NEWCOMERS = {
    "p1": ("رؤیا", "فرزانه", "سرکار خانم دکتر", "دانشیار ارتباطات بین‌فرهنگی"),
    "p2": ("امیر", "کاشانی", "جناب آقای دکتر", "رئیس مرکز ارتباطات و بین‌الملل شهرداری تهران"),
}
#: rules of the second council's own by-law: it sits every four weeks, and asks for a quorum and a majority
OWN_RULES = {
    "total_min": {"value": 9},
    "total_max": {"value": 13},
    "expert_min": {"value": 5},
    "expert_max": {"value": 9},
    "session_interval": {"value": 28},
    "notice_days": {"value": 5},
    "notice_reminder_1": {"value": 8},
    "notice_reminder_2": {"value": 6},
    "minutes_days": {"value": 10},
    "quorum": {"is_active": True, "value": 50, "severity": "warn"},
    "majority": {"is_active": True, "value": 50, "severity": "warn"},
}


class ShoraDemo(models.AbstractModel):
    """The people of the second council, and those who come later; the others are records of ``demo_data.xml``."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _make_people(self):
        people = {name: person for name, *person in SECOND.values()} | NEWCOMERS
        self.env["res.partner"]._load_records(
            [
                {
                    "xml_id": f"shora_council.demo_partner_{name}",
                    "noupdate": True,
                    "values": {
                        "name": f"{first} {last}",
                        "shora_title": title,
                        "function": post,
                        "email": f"{name}@council.example",
                        "tz": "Asia/Tehran",
                        "lang": "fa_IR",
                    },
                }
                for name, (first, last, title, post) in people.items()
            ]
        )
        groups = self.env.ref("base.group_user") | self.env.ref("shora_council.group_shora_secretary")
        self.env["res.users"].with_context(no_reset_password=True)._load_records(
            [
                {
                    "xml_id": "shora_council.demo_user_secretary2",
                    "noupdate": True,
                    "values": {
                        "partner_id": self._partner("secretary2").id,
                        "login": "secretary2",
                        "password": "secretary2",
                        "group_ids": [(6, 0, groups.ids)],
                    },
                }
            ]
        )

    def _make_councils(self):
        first = self.env.ref("shora_council.council_irud")
        first.write({"staff_user_ids": [(4, self._user("staff").id)], "place": "سالن جلسات مرکز، طبقه سوم"})
        second = self._make_second_council(first)
        councils = first | second
        self._fetch_holidays(first)
        second.weekday = str(self._days_of(second)[0].weekday())
        return councils

    def _make_second_council(self, first):
        """Beside the council of the by-law another one with a by-law of its own, and its seats."""
        values = {
            "name": "شورای راهبردی محیط زیست و پایداری شهری تهران",
            "short_name": "محیط زیست و پایداری شهری",
            "code": "ENV",
            "mission": "بررسی، آینده‌پژوهی و ارائه مشورت در زمینه محیط زیست و پایداری شهر تهران.",
            "session_hour": 14.0,
            "place": "سالن اجتماعات، طبقه اول",
            "bylaw_ids": [(6, 0, self._make_second_bylaw(first).ids)],
            "duty_ids": [(6, 0, first.duty_ids.ids)],
            "theme_ids": [(6, 0, first.theme_ids.ids)],
        }
        quiet = self.env["shora.council"].with_context(mail_create_nolog=True, lang="fa_IR")
        known = {"xml_id": "shora_council.demo_council_env", "values": values, "noupdate": True}  # survives updates
        council = quiet._load_records([known])
        council.with_context(lang="en_US").write(
            {
                "name": "Strategic Council for Environment and Urban Sustainability of Tehran",
                "short_name": "Environment and Urban Sustainability",
            }
        )
        expert = max(int(code[1:]) for code in SECOND if code.startswith("B"))
        for seat in first.seat_ids.filtered(lambda one: one.kind == "ex_officio" or int(one.code[1:]) <= expert + 1):
            seat.copy({"council_id": council.id, "job_id": False})
        return council

    def _make_second_bylaw(self, first):
        bylaw = first.bylaw_ids.sorted("date_from")[-1:]
        version = bylaw.browse(bylaw.with_context(mail_create_nolog=True).action_new_version()["res_id"])
        name = "آیین‌نامه شورای راهبردی محیط زیست و پایداری شهری تهران"
        since = fields.Date.subtract(self._first_day(first), days=90)
        version.write({"council_ids": [(5,)], "date_from": since, "approval_date": since})
        version.approved_by = "رئیس مرکز مطالعات و برنامه‌ریزی شهر تهران"
        for lang, _name in self.env["res.lang"].get_installed():
            version.with_context(lang=lang).name = name
        for rule in version.rule_ids.filtered(lambda one: one.code in OWN_RULES):
            rule.write(OWN_RULES[rule.code])
        version.with_user(SUPERUSER_ID).action_put_in_force()
        return version
