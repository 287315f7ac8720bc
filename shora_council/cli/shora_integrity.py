import sys

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class shora_integrity(Command):
    """Compare everything sealed of the councils with its seal; exit code 1 when anything departs from it.

    Each departure is a line: council, what happened, record or file, detail. The first two lines of a council say where
    the chain of its sealed documents ends, and that of the Secretariat's copies; kept outside the database, such lines
    are the anchors of a later check.
    """

    def run(self, args):
        """
        :param args: options of the server (``-d``, ``-c``), ``--council CODE``, which may be repeated, and
            ``--anchors FILE``
        """
        self.parser.add_argument("--council", action="append", metavar="CODE", help="only this council")
        self.parser.add_argument(
            "--anchors",
            metavar="FILE",
            help="what was written down of the chains: lines of earlier checks or of the log",
        )
        options, server = self.parser.parse_known_args(args)
        config.parse_config([*server, "--no-http"], setup_logging=True)
        names = config["db_name"]
        if len(names) != 1:
            self.parser.error("name one database: -d DATABASE")
        with Registry(names[0]).cursor() as cr:
            found = self.check(api.Environment(cr, SUPERUSER_ID, {}), options.council, options.anchors)
        sys.exit(1 if found else 0)

    def check(self, env, codes=None, path=None):
        """Check, keep what was found, and print it.

        :param codes: of councils; None: all, those put aside too
        :param path: of a file of anchors
        :return: number of departures
        """
        anchors = self.read_anchors(env, path) if path else None
        everyone = env["shora.council"].with_context(active_test=False)
        councils = everyone.search([("code", "in", codes)] if codes else [(1, "=", 1)], order="id")
        lacking = sorted(set(codes or ()) - set(councils.mapped("code")))
        if lacking:
            self.parser.error(f"there is no council {', '.join(lacking)}")
        # A backup from before the council was made knows nothing of it.
        gone = {one.council for one in anchors or ()} - set(everyone.search([]).mapped("code"))
        for code in sorted(gone):
            print(f"{code}: missing: the council itself, of which a chain was written down")
        found = len(gone)
        for council in councils:
            check = env["shora.integrity.check"]._check(council, anchors)
            print(f"{council.code}: {check.seal_count} seals, {check.file_count} files, head {check.head_link or '-'}")
            print(f"{council.code}: {check.copy_count} copies, head {check.copy_link or '-'}")
            for problem in check.problem_ids:
                print(f"{council.code}: {problem.kind}: {problem.name} ({problem.detail or '-'})")
            found += check.problem_count
        return found

    def read_anchors(self, env, path):
        """What was written down outside the database, in the file ``path``."""
        try:
            return env["shora.integrity.reading"]._anchors_in(path)
        except OSError as error:
            self.parser.error(f"{path} cannot be read: {error.strerror}")
        except ValueError as error:  # no text in UTF-8, or a line that was mistyped
            self.parser.error(f"{path}: {error}")
