"""Documents per agenda item in the documents app (5-1): one tree, the item's readers and nobody else."""

import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from tests.common import CouncilBuilder, ShoraCase, ShoraHttpCase, tehran
from tests.shora_council import files


class Readers:
    """The people around a council's documents."""

    @classmethod
    def make_readers(cls):
        dms_user = "dms.group_dms_user"
        cls.member = cls.make_user("d_member", f"shora_council.group_shora_member,{dms_user}")
        cls.portal = cls.make_user("d_portal", "base.group_portal")
        cls.former = cls.make_user("d_former", f"shora_council.group_shora_member,{dms_user}")
        cls.former_portal = cls.make_user("d_former_portal", "base.group_portal")
        cls.guest = cls.make_user("d_guest", "base.group_portal")
        cls.clerk = cls.make_user("d_clerk", dms_user)
        cls.other_member = cls.make_user("d_other", f"shora_council.group_shora_member,{dms_user}")
        with tehran("2026-09-02 08:00"):
            seats = {"B8": cls.member, "B9": cls.portal, "B10": cls.former}
            for seat, user in seats.items():
                cls.appoint(cls.council, seat, user.partner_id, "2026-09-02")
            other = cls.make_council("T2")
            cls.other_secretary, _people = cls.staff_council(other, experts=1, prefix="d2")
            cls.appoint(other, "B2", cls.other_member.partner_id, "2026-09-02")
        with tehran("2026-10-01 08:00"):
            cls.end(cls.former.partner_id.shora_membership_ids, day="2026-10-01")
        with tehran("2026-10-02 08:00"):
            cls.appoint(cls.council, "B10", cls.former_portal.partner_id, "2026-10-02")
        with tehran("2026-11-22 08:00"):
            cls.end(cls.former_portal.partner_id.shora_membership_ids, day="2026-11-22")


def document(name="report.pdf", raw=None):
    return (0, 0, {"name": name, "raw": files.pdf() if raw is None else raw})


@tagged("post_install", "-at_install")
class TestItemDocuments(Readers, ShoraCase):
    DAY = "2026-12-10"  # ۱۹ آذر ۱۴۰۵

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_readers()

    def setUp(self):
        super().setUp()
        self.meeting = self.session(self.council, self.DAY)
        self.item = self.meeting.agenda_item_ids
        self.item.attachment_ids = [document(), document("map.png", files.picture())]
        self.dms = self.files_of(self.item)

    def files_of(self, item):
        return (
            self.env["dms.file"]
            .sudo()
            .search([("directory_id.res_model", "=", item._name)])
            .filtered(lambda one: one.directory_id.res_id == item.id)
        )

    def outsiders(self):
        return (self.former, self.former_portal, self.guest, self.clerk, self.other_member, self.other_secretary)

    # --- the tree ---

    def test_each_document_is_a_file_under_council_year_session_and_item(self):
        self.assertEqual(self.dms.attachment_id, self.item.sudo().attachment_ids)
        directory = self.dms.directory_id
        self.assertEqual(len(directory), 1)
        self.assertEqual(directory.storage_id.save_type, "attachment")
        chain = []
        while directory:
            chain.append((directory.res_model, directory.res_id))
            directory = directory.parent_id
        self.assertEqual(
            chain,
            [
                ("shora.agenda.item", self.item.id),
                ("shora.session", self.meeting.id),
                ("shora.council", self.council.id),
                ("shora.council", self.council.id),
            ],
        )
        self.assertIn(self.dms.directory_id.parent_id.parent_id.name, ("1405", "۱۴۰۵"))
        self.assertEqual(self.dms.directory_id.parent_id.parent_id.parent_id.name, self.council.name)

    def test_files_carry_what_the_documents_are(self):
        for one in self.dms:
            self.assertEqual(base64.b64decode(one.content), one.attachment_id.raw)
            self.assertEqual((one.size, one.checksum), (one.attachment_id.file_size, one.attachment_id.checksum))

    def test_one_directory_per_council_year_and_session(self):
        before = self.env["dms.directory"].sudo().search_count([])
        second = self.meeting.env["shora.agenda.item"].create(
            {"session_id": self.meeting.id, "name": "Item", "attachment_ids": [document()]}
        )
        self.assertEqual(self.files_of(second).directory_id.parent_id, self.dms.directory_id.parent_id)
        self.assertEqual(self.env["dms.directory"].sudo().search_count([]), before + 1, "only the item's own")
        self.assertNotEqual(self.files_of(second).directory_id.name, self.dms.directory_id.name)

    def test_two_first_documents_at_once_make_one_directory(self):
        """The later of two transactions must begin again: it touches the row which the earlier one touched."""
        other = self.meeting.env["shora.agenda.item"].create({"session_id": self.meeting.id, "name": "Other"})
        self.env.flush_all()
        self.cr.execute("SELECT xmin::text, ctid::text FROM shora_council WHERE id = %s", (self.council.id,))
        before = self.cr.fetchall()
        other.attachment_ids = [document()]
        self.cr.execute("SELECT xmin::text, ctid::text FROM shora_council WHERE id = %s", (self.council.id,))
        self.assertNotEqual(self.cr.fetchall(), before)

    def test_directory_follows_name_day_and_session(self):
        self.item.name = "A/B: another title"
        self.assertEqual(self.dms.directory_id.name, "A-B: another title")
        other = self.session(self.council, "2027-04-08")  # ۱۹ فروردین ۱۴۰۶
        self.item.session_id = other
        self.assertEqual(self.dms.directory_id.parent_id.res_id, other.id)
        self.assertIn(self.dms.directory_id.parent_id.parent_id.name, ("1406", "۱۴۰۶"))

    def test_same_and_odd_names_are_no_obstacle(self):
        names = ["same.pdf", "same.pdf", "a/b\\c.pdf", "..", "ن" * 200 + ".pdf"]
        self.item.attachment_ids = [document(name) for name in names]
        filed = self.files_of(self.item)
        self.assertEqual(len(filed), 2 + len(names))
        self.assertEqual(len(set(filed.mapped("name"))), len(filed))
        self.assertEqual(sorted(self.item.sudo().attachment_ids.mapped("name"))[:2], ["..", "a/b\\c.pdf"])

    def test_a_document_taken_off_the_list_leaves_the_tree(self):
        gone = self.item.sudo().attachment_ids[0]
        self.item.attachment_ids = [(3, gone.id)]
        self.assertNotIn(gone, self.files_of(self.item).attachment_id)
        self.item.attachment_ids = [(2, self.item.sudo().attachment_ids.id)]
        self.assertFalse(self.files_of(self.item))

    def test_a_carried_item_takes_copies_along(self):
        later = self.session(self.council, "2026-12-24")
        self.item._carry_to(later)
        copied = later.agenda_item_ids.filtered("carried_from_id")
        filed = self.files_of(copied)
        self.assertEqual(len(filed), 2)
        self.assertFalse(filed.attachment_id & self.item.sudo().attachment_ids)

    # --- who reads ---

    def test_members_read_and_nobody_else(self):
        for user in (self.secretary, self.member, self.portal, self.head, self.auditor):
            self.env.invalidate_all()
            with self.subTest(user=user.login):
                found = self.env["dms.file"].with_user(user).search([("id", "in", self.dms.ids)])
                self.assertEqual(found, self.dms.with_user(user))
                self.dms.directory_id.with_user(user).read(["name"])
        for user in self.outsiders():
            self.env.invalidate_all()
            with self.subTest(user=user.login):
                self.assertFalse(self.env["dms.file"].with_user(user).search([("id", "in", self.dms.ids)]))
                mine = [("id", "in", self.dms.directory_id.ids)]
                self.assertFalse(self.env["dms.directory"].with_user(user).search(mine))
                for record in (self.dms[:1], self.dms.directory_id.parent_id, self.dms.attachment_id[:1]):
                    with self.assertRaises(AccessError):
                        record.with_user(user).read(["name"])
        for user in (self.employee, self.env.ref("base.public_user")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.dms[:1].with_user(user).read(["content"])

    def test_members_read_content(self):
        self.assertEqual(base64.b64decode(self.dms[0].with_user(self.member).content), self.dms[0].attachment_id.raw)

    def test_a_guest_reads_the_own_item_only_until_the_session_is_closed(self):
        self.item.guest_ids = self.guest.partner_id
        other = self.meeting.env["shora.agenda.item"].create(
            {"session_id": self.meeting.id, "name": "Other", "attachment_ids": [document()]}
        )
        other.action_accept()
        mine = self.env["dms.file"].with_user(self.guest)
        self.env.invalidate_all()
        self.assertEqual(mine.search([]), self.dms.with_user(self.guest))
        above = self.dms.directory_id.parent_id
        self.assertFalse(self.env["dms.directory"].with_user(self.guest).search([("id", "in", above.ids)]))
        self.dispatch(self.meeting)
        with tehran(f"{self.DAY} 12:30"):
            self.meeting.write({"presiding_ground": "chair", "state": "open"})
            self.close(self.meeting)
        self.env.invalidate_all()
        self.assertFalse(mine.search([]))

    def test_access_ends_with_the_membership(self):
        self.end(self.member.partner_id.shora_membership_ids, "revoked", "2026-11-22")
        with self.assertRaises(AccessError):
            self.dms[:1].with_user(self.member).read(["name"])

    def test_members_change_nothing(self):
        one = self.dms[:1].with_user(self.member)
        for change in (
            {"content": base64.b64encode(b"x")},
            {"content_file": base64.b64encode(b"x")},
            {"checksum": "0"},
            {"name": "other.pdf"},
            {"active": False},
            {"attachment_id": False},
        ):
            with self.subTest(change=list(change)), self.assertRaises(UserError), self.cr.savepoint():
                one.write(change)
        for act in (one.unlink, one.copy):
            with self.assertRaises(UserError), self.cr.savepoint():
                act()
        with self.assertRaises(UserError), self.cr.savepoint():
            self.env["dms.file"].with_user(self.member).create(
                {"name": "x", "directory_id": self.dms.directory_id.id, "content": base64.b64encode(b"x")}
            )

    # --- the holes of the documents app ---

    def test_access_groups_open_nothing(self):
        clerk = self.env["dms.access.group"].with_user(self.clerk)
        group = clerk.create({"name": "Empty", "explicit_user_ids": [(4, self.clerk.id)]})
        for field in ("directory_ids", "complete_directory_ids"):
            for commands in (
                [(4, self.dms.directory_id.id)],
                [(6, 0, self.dms.directory_id.ids)],
                self.dms.directory_id.ids,
            ):
                with self.subTest(field, commands=commands), self.assertRaises(AccessError), self.cr.savepoint():
                    clerk.create({"name": "Mine", "explicit_user_ids": [(4, self.clerk.id)], field: commands})
                with self.subTest(field, context=commands), self.assertRaises(AccessError), self.cr.savepoint():
                    clerk.with_context(**{f"default_{field}": commands}).create({"name": "Mine"})
                with self.subTest(field, write=commands), self.assertRaises(AccessError), self.cr.savepoint():
                    group.write({field: commands})
        forced = self.env["dms.access.group"].sudo().create({"name": "By hand", "perm_write": True})
        forced.write({"explicit_user_ids": [(4, self.clerk.id)], "directory_ids": [(4, self.dms.directory_id.id)]})
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.dms[:1].with_user(self.clerk).read(["name"])

    def test_own_access_groups_still_work(self):
        storage = self.env["dms.storage"].create({"name": "Elsewhere", "save_type": "database"})
        group = self.env["dms.access.group"].create(
            {
                "name": "Clerks",
                "perm_create": True,
                "perm_write": True,
                "perm_unlink": True,
                "explicit_user_ids": [(4, self.clerk.id)],
            }
        )
        root = self.env["dms.directory"].create(
            {"name": "Elsewhere", "is_root_directory": True, "storage_id": storage.id, "group_ids": [(4, group.id)]}
        )
        self.env.flush_all()
        mine = (
            self.env["dms.access.group"].with_user(self.clerk).create({"name": "Mine", "directory_ids": [(4, root.id)]})
        )
        self.assertTrue(mine)
        one = (
            self.env["dms.file"]
            .with_user(self.clerk)
            .create({"name": "a.txt", "directory_id": root.id, "content": base64.b64encode(b"a")})
        )
        one.write({"content": base64.b64encode(b"b")})
        self.assertEqual(base64.b64decode(one.content), b"b")
        with self.assertRaises(UserError), self.cr.savepoint():
            one.write({"directory_id": self.dms.directory_id.id})
        with self.assertRaises(AccessError), self.cr.savepoint():
            one.write({"attachment_id": self.dms[0].attachment_id.id})
        with self.assertRaises(AccessError), self.cr.savepoint():
            one.create({"name": "b.png", "directory_id": root.id, "attachment_id": self.dms[1].attachment_id.id})
        one.unlink()

    def test_nobody_hangs_directories_or_files_into_the_tree(self):
        partner = self.clerk.partner_id
        directory = self.dms.directory_id
        for user in (self.clerk, self.member, self.admin, self.env.ref("base.user_admin")):
            Directory = self.env["dms.directory"].with_user(user)
            foreign = {"name": "Mine", "res_model": "res.partner", "res_id": partner.id}
            for vals in (
                {**foreign, "parent_id": directory.id},
                {**foreign, "is_root_directory": True, "storage_id": directory.storage_id.id},
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                    Directory.create(vals)
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                Directory.with_context(default_parent_id=directory.id).create(foreign)
            with self.subTest(user=user.login), self.assertRaises(UserError), self.cr.savepoint():
                self.env["dms.file"].with_user(user).with_context(default_directory_id=directory.parent_id.id).create(
                    {"name": "x", "content": base64.b64encode(b"x"), "res_model": "res.partner", "res_id": partner.id}
                )
            for change in ({"res_id": 1}, {"parent_id": False}, {"access_token": "x"}, {"active": False}):
                with self.subTest(change), self.assertRaises(UserError), self.cr.savepoint():
                    directory.with_user(user).write(change)
            with self.assertRaises(UserError), self.cr.savepoint():
                directory.with_user(user).unlink()
            with self.assertRaises(UserError), self.cr.savepoint():
                directory.storage_id.with_user(user).write({"inherit_access_from_parent_record": False})
            with self.assertRaises(UserError), self.cr.savepoint():
                directory.storage_id.with_user(user).unlink()

    def test_tokens_open_nothing(self):
        for record in (self.dms[:1], self.dms.directory_id, self.dms.directory_id.parent_id):
            record.access_token = "known"
            self.assertFalse(record.with_user(self.env.ref("base.public_user")).check_access_token("known"))

    def test_a_document_is_not_opened_by_its_attachment(self):
        attachment = self.item.attachment_ids[:1]
        for change in ({"public": True}, {"access_token": "x"}, {"res_id": 1}, {"res_model": "res.partner"}):
            with self.subTest(change), self.assertRaises(UserError), self.cr.savepoint():
                attachment.write(change)
        with self.assertRaises(UserError), self.cr.savepoint():
            attachment.generate_access_token()

    # --- through the documents app ---

    def test_the_secretary_adds_changes_and_removes_there(self):
        secretary = self.secretary
        secretary.group_ids += self.env.ref("dms.group_dms_user")
        File = self.env["dms.file"].with_user(secretary)
        added = File.create(
            {"name": "added.txt", "directory_id": self.dms.directory_id.id, "content": base64.b64encode(b"one")}
        )
        self.assertEqual(added.sudo().attachment_id.raw, b"one")
        self.assertIn(added.sudo().attachment_id, self.item.sudo().attachment_ids)
        added.write({"content": base64.b64encode(b"two"), "name": "changed.txt"})
        self.assertEqual((added.sudo().attachment_id.raw, added.sudo().attachment_id.name), (b"two", "changed.txt"))
        self.env.invalidate_all()
        self.assertEqual((base64.b64decode(added.content), added.name), (b"two", "changed.txt"))
        for change in ({"content_file": base64.b64encode(b"x")}, {"checksum": "0"}, {"attachment_id": False}):
            with self.subTest(change), self.assertRaises(UserError), self.cr.savepoint():
                added.write(change)
        added.unlink()
        self.assertEqual(len(self.item.sudo().attachment_ids), 2)

    def test_a_closed_agenda_stays_as_it_was(self):
        self.dispatch(self.meeting)
        with tehran(f"{self.DAY} 12:30"):
            self.meeting.write({"presiding_ground": "chair", "state": "open"})
            self.close(self.meeting)
        one = self.dms[:1].with_user(self.secretary)
        attachment = self.item.attachment_ids[:1]
        for act in (
            lambda: one.write({"content": base64.b64encode(b"x")}),
            one.unlink,
            lambda: attachment.write({"raw": b"x"}),
            lambda: attachment.sudo().write({"name": "x"}),
            attachment.unlink,
            lambda: self.item.write({"attachment_ids": [document()]}),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                act()

    # --- cost ---

    def test_queries_do_not_grow_with_the_documents(self):
        def queries(count):
            item = self.meeting.env["shora.agenda.item"].create(
                {"session_id": self.meeting.id, "name": f"Item {count}"}
            )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            item.attachment_ids = [document(f"{n}.txt", b"x%d" % n) for n in range(count)]
            self.env.flush_all()
            return self.cr.sql_log_count - before

        queries(1)
        few, many = queries(2), queries(12)
        self.assertLessEqual(many, few + 12 * 4, "a handful of queries a document, as the documents app itself needs")

    def test_other_attachments_cost_no_query(self):
        others = self.env["ir.attachment"].create([{"name": str(n), "raw": b"x"} for n in range(20)])
        self.env.flush_all()
        others.mapped("res_model")
        with self.assertQueryCount(0):
            self.assertFalse(others._item_documents())


@tagged("post_install", "-at_install")
class TestDocumentUrls(Readers, ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_offices()
        with tehran("2026-09-01 08:00"):
            cls.council = cls.make_council("T9")
            cls.secretary, cls.people = cls.staff_council(cls.council, prefix="u")
            cls.meeting = CouncilBuilder.plan(cls, cls.council, "2026-12-14")
        cls.make_readers()
        cls.item = cls.meeting.agenda_item_ids
        cls.item.attachment_ids = [document("report.txt", b"for members only")]
        cls.attachment = cls.item.sudo().attachment_ids
        cls.file = cls.env["dms.file"].sudo().search([("attachment_id", "=", cls.attachment.id)])

    def addresses(self):
        self.file.access_token = self.file.directory_id.access_token = "known"
        self.attachment.access_token = False
        return (
            f"/web/content/{self.attachment.id}",
            f"/web/content/ir.attachment/{self.attachment.id}/raw",
            f"/web/content/dms.file/{self.file.id}/content",
            f"/web/content/dms.file/{self.file.id}/content?access_token=known",
            f"/web/image/dms.file/{self.file.id}/content",
            f"/my/dms/file/{self.file.id}/download",
            f"/my/dms/file/{self.file.id}/download?access_token=known",
            f"/my/dms/directory/{self.file.directory_id.id}?access_token=known",
        )

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_binary")
    def test_refused_on_every_address(self):
        for user in (self.former, self.former_portal, self.guest, self.clerk, self.other_member, self.employee, None):
            self.authenticate(user and user.login, user and user.login)
            for address in self.addresses():
                with self.subTest(user=user and user.login, address=address):
                    answer = self.url_open(address)
                    self.assertNotIn(b"for members only", answer.content)
                    self.assertNotIn(b"report.txt", answer.content)

    def test_members_open_them(self):
        for user, address in (
            (self.member, f"/web/content/{self.attachment.id}"),
            (self.member, f"/web/content/dms.file/{self.file.id}/content"),
            (self.member, f"/my/dms/file/{self.file.id}/download"),
            (self.portal, f"/my/dms/file/{self.file.id}/download"),
        ):
            self.authenticate(user.login, user.login)
            with self.subTest(user=user.login, address=address):
                self.assertEqual(self.url_open(address).content, b"for members only")
