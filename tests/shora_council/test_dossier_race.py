"""Two people at one dossier in two transactions: the later one is told what the first recorded, or is refused (5-9)."""

from tests.common import tehran
from tests.shora_council.dossier_case import SCAN, DossierSteps
from tests.shora_council.killing import KillCase


class TestDossierRace(DossierSteps, KillCase):
    """Every test has a presented dossier of its own; what one commits stays on the copy of the database. Documents are
    named and not laid out.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.name_documents(cls.copied)

    def setUp(self):
        super().setUp()
        self.prepare()

    def prepare(self):
        with self.commit():
            self.offices()
            name = f"dossier{self.env['shora.council'].search_count([])}"
            with tehran("2026-09-01 08:00"):
                council = self.make_council(name)
                self.secretary, self.people = self.staff_council(council, prefix=name)
            with tehran("2026-10-24 09:00"):
                session = self.plan(council, "2026-11-02")
                self.dispatch(session)
            with tehran("2026-11-02 12:30"):
                session.write({"presiding_ground": "chair", "state": "open"})
                resolution = session.env["shora.resolution"].create(
                    {"session_id": session.id, "agenda_item_id": session.agenda_item_ids.id, "name": "R", "body": "B"}
                )
                resolution.action_adopt()
                self.close(session)
            dossier = self.presented(self.reviewed(session))
            self.dossier, self.line = dossier.id, dossier.line_ids.id
            self.minutes, self.resolution = dossier.part_ids.minutes_id.id, resolution.id
            self.uids = {role: getattr(self, role).id for role in ("president", "office", "head")}

    def race(self, first, second):
        """
        :param first: (role, step) that commits while the second has read everything
        :return: None or the error of the second
        """
        with tehran("2026-11-10 10:00"):
            return self.overtaken(*((self.uids[role], step) for role, step in (first, second)))

    # --- steps ---

    def decide(self, decision, text, seen=0):
        return lambda env: env["shora.dossier.line"].browse(self.line).decide(decision, text, seen)

    def finalize(self, revision):
        return lambda env: env["shora.dossier"].browse(self.dossier).finalize({str(self.line): revision})

    @property
    def withdraw(self):
        values = {"state": "withdrawn", "withdraw_reason": "Too early"}
        return lambda env: env["shora.dossier"].browse(self.dossier).write(values)

    def recorded(self, decision="instruct", role="president"):
        """The line has one decision that is not final."""
        with tehran("2026-11-10 09:00"), self.commit(self.uids[role]) as env:
            self.decide(decision, "At once")(env)
            if role == "office":
                env["shora.dossier"].browse(self.dossier).file_scan("a.png", SCAN)

    def outcome(self):
        with self.commit() as env:
            line = env["shora.dossier.line"].browse(self.line)
            return (
                (line.dossier_id.state, line.minutes_id.state, line.resolution_id.president_decision),
                [(one.revision, one.decision, one.text, one.recorded_by_id.id) for one in line.decision_ids],
            )

    # --- races ---

    def test_the_president_and_his_office_record_at_once(self):
        for first, second in (("president", "office"), ("office", "president")):
            with self.subTest(first=first):
                self.prepare()
                error = self.race((first, self.decide("instruct", "At once")), (second, self.decide("return", "Dear")))
                self.assertIn("recorded “Instruct” meanwhile; look again", error or "nothing refused")
                self.assertEqual(self.outcome()[1], [(1, "instruct", "At once", self.uids[first])])

    def test_the_same_word_by_both_is_refused_too(self):
        same = self.decide("seen", "")
        error = self.race(("president", same), ("office", same))
        self.assertIn("recorded “Seen” meanwhile", error or "nothing refused")
        self.assertEqual(self.outcome()[1], [(1, "seen", False, self.uids["president"])])

    def test_made_final_while_the_office_corrects(self):
        self.recorded()
        error = self.race(("president", self.finalize(1)), ("office", self.decide("return", "Dear", 1)))
        self.assertIn("is final and is not changed", error or "nothing refused")
        self.assertEqual(self.outcome()[0], ("decided", "closed", "instruct"))

    def test_corrected_while_it_is_made_final(self):
        self.recorded()
        error = self.race(("office", self.decide("return", "Dear", 1)), ("president", self.finalize(1)))
        self.assertIn("recorded “Return” meanwhile", error or "nothing refused")
        self.assertEqual(self.outcome()[0], ("presented", "presented", False))

    def test_withdrawn_while_the_president_decides(self):
        error = self.race(("head", self.withdraw), ("president", self.decide("instruct", "At once")))
        self.assertIn("is not before the President", error or "nothing refused")
        self.assertEqual(self.outcome(), (("withdrawn", "reviewed", False), []))

    def test_withdrawn_while_it_is_made_final(self):
        self.recorded()
        error = self.race(("head", self.withdraw), ("president", self.finalize(1)))
        self.assertIn("is not before the President", error or "nothing refused")
        self.assertEqual(self.outcome()[0], ("withdrawn", "reviewed", False))

    def test_made_final_while_it_is_withdrawn(self):
        self.recorded()
        error = self.race(("president", self.finalize(1)), ("head", self.withdraw))
        self.assertIn("there is no way", error or "nothing refused")
        self.assertEqual(self.outcome()[0], ("decided", "closed", "instruct"))

    def test_made_final_by_both_at_once_is_told_once(self):
        self.recorded(role="office")
        self.assertIsNone(self.race(("office", self.finalize(1)), ("president", self.finalize(1))))
        with self.commit() as env:
            kinds = env["shora.minutes"].browse(self.minutes).step_ids.mapped("kind")
            self.assertEqual(kinds.count("closed"), 1)
