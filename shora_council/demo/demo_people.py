from odoo import models

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
LATER = {"p1": ("", "رؤیا", "فرزانه", "سرکار خانم دکتر", "دانشیار ارتباطات بین‌فرهنگی")}


class ShoraDemo(models.AbstractModel):
    """The people of the second council, and those who come later; the others are records of ``demo_data.xml``."""

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _make_people(self):
        people = {name or key: person for key, (name, *person) in {**SECOND, **LATER}.items()}
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

    def _make_second_council(self):
        """Beside the council of the by-law another one under the same by-law, with its seats."""
        first = self.env.ref("shora_council.council_irud")
        values = {
            "name": "شورای راهبردی محیط زیست و پایداری شهری تهران",
            "short_name": "محیط زیست و پایداری شهری",
            "code": "ENV",
            "mission": "بررسی، آینده‌پژوهی و ارائه مشورت در زمینه محیط زیست و پایداری شهر تهران.",
            "weekday": "2",
            "session_hour": 14.0,
            "place": "سالن اجتماعات، طبقه اول",
            "bylaw_ids": [(6, 0, first.bylaw_ids.ids)],
            "duty_ids": [(6, 0, first.duty_ids.ids)],
            "theme_ids": [(6, 0, first.theme_ids.ids)],
        }
        quiet = self.env["shora.council"].with_context(mail_create_nolog=True, lang="fa_IR")
        council = quiet._load_records([{"xml_id": "shora_council.demo_council_env", "values": values}])
        for seat in first.seat_ids:
            seat.copy({"council_id": council.id, "job_id": False})
        return council
