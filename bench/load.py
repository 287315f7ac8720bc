"""The clients of ``make load``: eight secretaries mark, close and read, fifty members open a pack on the portal.

Each is a web session of its own over HTTP, in a thread of its own, and thinks one to three seconds between two calls.
Run as ``python -m bench.load FACTS URL SECONDS RESULT``; knows nothing of Odoo but its addresses.
"""

import json
import random
import re
import sys
import threading
import time

import requests

THINK = (1, 3)
RAMP = 60  # seconds within which everybody enters
PATIENCE = 150  # seconds, as browsers wait
#: requests at the server at once; the others wait, as a proxy before it would let them: the server's own queue takes
#: eight for each worker and drops what comes beyond
GATE = threading.BoundedSemaphore(12)
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Trouble(Exception):
    """A request that did not do what was asked."""


class Client(threading.Thread):
    """One person before a screen; subclasses say what is done, again and again."""

    def __init__(self, facts, url, login, seed):
        super().__init__(daemon=True)
        self.facts, self.url, self.login = facts, url, login
        self.random = random.Random(seed)
        self.web = requests.Session()
        self.end = None
        self.requests, self.errors = [], []  # (kind, seconds), (kind, words)

    def run(self):
        time.sleep(self.random.uniform(0, RAMP))
        try:
            self.enter()
            while time.monotonic() < self.end:
                self.work()
        except Trouble:
            pass  # was noted; somebody whose screen fails goes home, and it is an error of the run
        except Exception as error:
            self.errors.append(("client", f"{self.login}: {error!r}"))

    def think(self):
        time.sleep(self.random.uniform(*THINK))

    def ask(self, kind, path, **values):
        """One request; the answer.

        :raises Trouble: no answer, or not 200
        """
        method = "post" if values else "get"
        begun = time.monotonic()
        try:
            with GATE:  # waiting here counts
                answer = self.web.request(method, self.url + path, timeout=PATIENCE, **values)
        except requests.RequestException as error:
            self.trouble(kind, str(error))
        self.requests.append((kind, time.monotonic() - begun))
        if answer.status_code != 200:
            self.trouble(kind, f"{path}: {answer.status_code} {answer.text[:300]}")
        return answer

    def trouble(self, kind, words):
        self.errors.append((kind, f"{self.login}: {words}"))
        raise Trouble(words)

    def call(self, kind, model, method, *args, **kwargs):
        """One call of the web client.

        :raises Trouble: refused, with the server's words
        """
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        path = f"/web/dataset/call_kw/{model}/{method}"
        answer = self.ask(kind, path, json={"jsonrpc": "2.0", "method": "call", "params": params}).json()
        if "error" in answer:
            self.trouble(kind, f"{method}: {answer['error']['data'].get('message')}")
        return answer.get("result")  # nothing is sent where nothing is returned

    def enter(self):
        token = TOKEN.search(self.ask("login page", "/web/login").text)[1]
        data = {"csrf_token": token, "login": self.login, "password": self.login}
        if "/login" in self.ask("login", "/web/login", data=data).url:
            self.trouble("login", "not let in")


class Secretary(Client):
    """Opens, marks, settles, holds and closes the council's sessions one after the other, reading in between."""

    def __init__(self, facts, url, own, seed):
        super().__init__(facts, url, own["login"], seed)
        self.own, self.waiting = own, list(own["sessions"])
        self.marks, self.closed = {}, []

    def work(self):
        self.read()
        if self.waiting:
            self.run_session(self.waiting.pop(0))

    def read(self):
        domain = [["council_id", "=", self.own["council"]]]
        asked = {"domain": domain, "specification": self.facts["list"], "limit": 80}
        found = self.call("list of sessions", "shora.session", "web_search_read", **asked)
        self.think()
        one = self.random.choice(found["records"])["id"]
        self.call("form of a session", "shora.session", "web_read", [one], specification=self.facts["form"])
        self.think()
        self.call("desk", "shora.desk", "get_desk")
        self.think()

    def run_session(self, session):
        self.call("open", "shora.session", "write", [session], {"presiding_ground": "chair", "state": "open"})
        screen = self.screen(session)
        for row in screen["members"]:
            if row["status"] == "unmarked" and time.monotonic() < self.end:
                self.mark(row)
                screen = self.screen(session)
                self.think()
        for item in screen["items"]:
            self.call("item", "shora.agenda.item", "take_up", [item["id"]])
            self.think()
            self.call("item", "shora.agenda.item", "settle", [item["id"]], "discussed")
            self.think()
        if time.monotonic() < self.end:
            self.call("hold", "shora.session", "action_hold", [session])
            self.screen(session)
            self.think()
            self.call("close", "shora.session", "action_close", [session])
            self.closed.append(session)

    def screen(self, session):
        return self.call("running screen", "shora.session", "get_run", [session])

    def mark(self, row):
        absent = row["partner_id"] == self.own["absent"]
        status = "absent" if absent else self.random.choice(("present", "present", "present", "late", "excused"))
        seen = {name: row[name] for name in ("status", "arrived_at", "left_at", "note")}
        if row["partner_id"] != self.own["chair"]:
            self.call("mark", "shora.attendance", "mark", [row["id"]], {"status": status}, seen)
            self.marks[row["id"]] = status

    def account(self):
        return {
            "marks": self.marks,
            "closed": self.closed,
            "council": self.own["council"],
            "absent": self.own["absent"],
        }


class Member(Client):
    """Reads the invitation on the portal, opens the pack, answers."""

    def __init__(self, facts, url, own, seed):
        super().__init__(facts, url, own["login"], seed)
        self.session, self.packs, self.answer = own["session"], 0, None

    def work(self):
        page = f"/my/councils/session/{self.session}"
        self.ask("portal: home", "/my")
        self.think()
        self.ask("portal: sessions", "/my/councils")
        self.think()
        token = TOKEN.search(self.ask("portal: a session", page).text)[1]
        self.think()
        if not self.ask("portal: pack", f"{page}/pack.pdf").content.startswith(b"%PDF"):
            self.trouble("portal: pack", "no PDF")
        self.packs += 1
        self.think()
        answer = self.random.choice(("attending", "not_attending"))
        data = {"csrf_token": token, "answer": answer, "reason": "سفر"}
        if "done=reply" not in self.ask("portal: answer", f"{page}/reply", data=data).url:
            self.trouble("portal: answer", "not taken")
        self.answer = answer
        self.think()
        self.ask("portal: attendance", "/my/councils/attendance")
        self.think()

    def account(self):
        return {"login": self.login, "session": self.session, "packs": self.packs, "answer": self.answer}


def main(facts, url, seconds, result):
    with open(facts, encoding="utf-8") as file:
        facts = json.load(file)
    clients = [Secretary(facts, url, own, seed) for seed, own in enumerate(facts["secretaries"])]
    clients += [Member(facts, url, own, seed) for seed, own in enumerate(facts["members"], start=100)]
    end = time.monotonic() + float(seconds)
    for client in clients:
        client.end = end
        client.start()
    for client in clients:
        client.join(float(seconds) + 3 * PATIENCE)
    for kind, words in (error for client in clients for error in client.errors):
        print(f"ERROR {kind}: {words}", flush=True)
    told = {
        "requests": [one for client in clients for one in client.requests],
        "errors": [one for client in clients for one in client.errors],
        "stuck": [client.login for client in clients if client.is_alive()],
        "secretaries": [client.account() for client in clients if isinstance(client, Secretary)],
        "members": [client.account() for client in clients if isinstance(client, Member)],
    }
    with open(result, "w", encoding="utf-8") as file:
        json.dump(told, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
