import sys

from odoo import SUPERUSER_ID, api
from odoo.cli import Command
from odoo.modules.registry import Registry
from odoo.tools import config


class shora_integrity(Command):
    """Compare everything sealed of the councils with its seal; exit code 1 when anything departs from it.

    Each departure is a line: council, what happened, record or file, detail.
    """

    def run(self, args):
        """
        :param args: options of the server (``-d``, ``-c``) and ``--council CODE``, which may be repeated
        """
        self.parser.add_argument("--council", action="append", metavar="CODE", help="only this council")
        options, server = self.parser.parse_known_args(args)
        config.parse_config([*server, "--no-http"], setup_logging=True)
        names = config["db_name"]
        if len(names) != 1:
            self.parser.error("name one database: -d DATABASE")
        with Registry(names[0]).cursor() as cr:
            found = self.check(api.Environment(cr, SUPERUSER_ID, {}), options.council)
        sys.exit(1 if found else 0)

    def check(self, env, codes=None):
        """Check, keep what was found, and print it.

        :return: number of departures
        """
        councils = env["shora.council"].search([("code", "in", codes)] if codes else [(1, "=", 1)], order="id")
        lacking = sorted(set(codes or ()) - set(councils.mapped("code")))
        if lacking:
            self.parser.error(f"there is no council {', '.join(lacking)}")
        found = 0
        for council in councils:
            check = env["shora.integrity.check"]._check(council)
            print(f"{council.code}: {check.seal_count} seals, {check.file_count} files, head {check.head_link or '-'}")
            for problem in check.problem_ids:
                print(f"{council.code}: {problem.kind}: {problem.name} ({problem.detail or '-'})")
            found += check.problem_count
        return found
