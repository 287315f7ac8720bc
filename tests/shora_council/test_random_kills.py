"""Dispatch, the mail queue, closing, signing, forwarding, archiving and the jobs of the night, each killed at a random
point of its own or cut off the database there, some of them in two workers at once; then the same click again and the
jobs of one hour (article 5).

Nothing is lost, nothing is there twice, and all of it is what comes out when nobody is killed.
``SHORA_SEED=17 make test TESTS=tests/shora_council/test_random_kills.py`` repeats one.
"""

import random

import pytest
from odoo.exceptions import UserError
from odoo.service.model import retrying

from tests.seeds import seeds
from tests.shora_council.random_kill_case import LATER, RandomKillCase

pytestmark = pytest.mark.dear

#: jobs of the night, in the order in which the scheduler finds them
NIGHT = ("terms", "renewals", "session_reminders", "minutes", "absence", "findings", "resolutions", "integrity")
JOBS = (*NIGHT, "archive", "compliance_digest", "annual_plan", "retry_mails", "sms")
QUEUE = "mail.ir_cron_mail_scheduler_action"


# --- the steps: run by victims ---


def click(env, function):
    """As a request: tried again when another transaction came first, and committed."""
    return retrying(function, env)


def job(env, *names):
    """Run scheduled jobs as a worker does; one that another worker has is left to it."""
    for name in names:
        env.cr.commit()
        try:
            outcome = env.ref(name).method_direct_trigger()
        except UserError as busy:
            if "already executing" not in str(busy):
                raise
            continue
        env.cr.commit()
        if outcome is not True:
            raise RuntimeError(outcome["params"]["data"]["debug"])


def dispatch(env, names):
    click(env, lambda: env["shora.notice"].browse(names["notice"]).action_dispatch())


def send(env, names):
    job(env, QUEUE)


post = send


def close(env, names):
    click(env, lambda: env["shora.session"].browse(names["closing"]).action_close())


def sign(env, names):
    click(env, lambda: env["shora.minutes"].browse(names["signing"])._sign("password"))


def forward(env, names):
    click(env, lambda: env["shora.minutes"].browse(names["forwarding"]).action_forward())


def archive(env, names):
    job(env, "shora_council.cron_archive")


def night(env, names):
    job(env, *(f"shora_council.cron_{name}" for name in NIGHT))


def night_backwards(env, names):
    job(env, *(f"shora_council.cron_{name}" for name in reversed(NIGHT)))


def hour(env, names):
    job(env, *(f"shora_council.cron_{name}" for name in JOBS), QUEUE)


def ask_again(env, names):
    """The secretary decides that letters of unknown fate are sent once more."""
    rows = env["shora.notice.recipient"].search([("failure_kind", "=", "uncertain"), ("state", "=", "failed")])
    click(env, rows.action_retry)


STEPS = ("dispatch", "send", "close", "sign", "forward", "post", "archive", "night")
#: what the second worker does meanwhile
SECOND = {"night": "night_backwards"}


class TestRandomKills(RandomKillCase):
    STEPS_IN = __name__
    CLICKS = ("dispatch", "close", "sign", "forward", "ask_again")

    def undisturbed(self):
        """Everything once, with nobody killed: the labels of each step, the pictures between, the letters."""
        self.put_back()
        pictures, labels = [self.picture()], {}
        for step in STEPS:
            [(code, labels[step], error)] = self.run_steps((step, None))
            self.assertEqual(code, 0, f"{step}: {error}")
            pictures.append(self.picture())
        self.an_hour()
        last, letters = self.picture(), self.letters()
        self.an_hour()
        self.assertEqual(self.difference(last, self.picture()), [], "an hour later nothing is left to do")
        return labels, pictures, last, letters

    def an_hour(self):
        [(code, _labels, error)] = self.run_steps(("hour", None), now=LATER)
        self.assertEqual(code, 0, error)

    @staticmethod
    def draw(rng, labels):
        """A point: any, or one of those where the outside world is met, which are few among many statements."""
        rare = [number for number, label in enumerate(labels) if label != "sql"]
        return rng.choice(rare) if rare and rng.random() < 0.5 else rng.randrange(len(labels))

    def killed_once(self, step, labels, rng):
        """Kill ``step`` at a drawn point, or, once in four times, restart the database there; in four of ten cases a
        second worker does the same at the same moment.

        :return: what was done, in words
        """
        fatal, cut = self.draw(rng, labels), rng.random() < 0.25
        jobs = [(step, fatal, cut)]
        if rng.random() < 0.4:
            jobs.append((SECOND.get(step, step), None))
        outcome = self.run_steps(*jobs)
        how = "cut off" if cut else "killed"
        said = f"{step} {how} before step {fatal} of {len(labels)} ({labels[fatal]}), {len(jobs)} worker(s)"
        for code, _labels, error in outcome[1:]:
            self.assertIn(code, (0, 1, 3) if cut else (0, 3), f"{said}: {error}")
        if len(jobs) == 1 and not cut:
            self.alone.append(outcome[0][0])
        return said

    def test_everything_comes_out_as_if_nobody_had_been_killed(self):
        labels, pictures, last, letters = self.undisturbed()
        print("steps:", {step: len(found) for step, found in labels.items()})
        self.alone = []
        for seed in seeds(2, soak=200):
            with self.subTest(seed=seed):
                print(f"seed {seed}:", "; ".join(self.one_life(random.Random(seed), labels, pictures, last, letters)))
        survived = len([how for how in self.alone if how != "killed"])  # by a shorter way than the undisturbed one
        self.assertLess(survived, 0.1 * len(self.alone) + 1, "what is to be killed is killed")

    def one_life(self, rng, labels, pictures, last, letters):
        """
        :return: what was done, in words
        """
        self.put_back()
        said, asked = [], set()
        for step, before, after in zip(STEPS, pictures, pictures[1:], strict=False):
            said.append(self.killed_once(step, labels[step], rng))
            self.assert_between(before, after, step, said)
            self.again(step, said)
            if step == "send":
                asked = self.decide(letters, said)
        self.an_hour()
        self.assert_letters(letters, asked, said)
        self.assertEqual(self.difference(last, self.picture()), [], said)
        return said

    def again(self, step, said):
        [(code, _labels, error)] = self.run_steps((step, None))
        self.assertEqual(code, 0, f"{said}: {error}")

    def decide(self, letters, said):
        """Where the mail server was given a letter and nobody knows more, the secretary has it sent once more.

        :return: the addresses
        """
        with self.commit() as env:
            rows = env["shora.notice.recipient"].search([("failure_kind", "=", "uncertain"), ("state", "=", "failed")])
            asked = set(rows.partner_id.mapped("email"))
        self.assertLessEqual(len(asked), 1, said)
        self.assertFalse([key for key, ids in self.letters().items() if len(ids) > len(letters[key])], said)
        if asked:
            self.again("ask_again", said)
            self.again("send", said)
        return asked

    def assert_between(self, before, after, step, said):
        """A click is done or not done at all; of a job some units are done, none of them twice. What says how many are
        there, or what is to be done about them, is between the two and compared at the end.
        """
        now = self.picture()
        if step in self.CLICKS:
            gaps = [self.difference(picture, now) for picture in (before, after)]
            self.assertIn([], gaps, said)
            return
        for name, rows in now.items():
            most = before[name] | after[name]
            self.assertFalse(
                rows - most if name not in ("recipient", "finding", "todo", "positions") else [], (name, said)
            )

    def assert_letters(self, expected, asked, said):
        """Everybody has each letter once; twice at most, under one Message-ID, whoever was sent one by decision."""
        with self.commit() as env:
            unknown = env["mail.mail"].search([("sending_since", "!=", False)])
            self.assertEqual(set(unknown.mapped("state")), {"exception"} if unknown else set(), said)
            self.assertLessEqual(len(unknown), 1, said)
            untold = set(unknown.recipient_ids.mapped("email"))
        for key in expected | self.letters():
            ids, wanted = self.letters().get(key, []), len(expected.get(key, []))
            self.assertLessEqual(len(ids), wanted + (key[0] in asked), (key, said))
            self.assertGreaterEqual(len(ids), wanted - (key[0] in untold), (key, said))
            self.assertLessEqual(len(set(ids)), wanted, "a second copy is known by its Message-ID")
