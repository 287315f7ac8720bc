from pathlib import Path

from odoo import api, models

from ..rules import anchors
from .pdf_signature import setting

#: file with the lines that were written down outside the database; see :func:`rules.anchors.read`
ANCHORS = ("SHORA_ANCHORS", "shora_anchors")


class ShoraIntegrityReading(models.AbstractModel):
    """The chains against what was told of them outside the database: one that was written anew as a whole, or an old
    backup, holds within itself.
    """

    _name = "shora.integrity.reading"
    _inherit = "shora.integrity.reading"

    @api.model
    def _anchors_in(self, path):
        """
        :raises OSError, UnicodeDecodeError, anchors.Unreadable: the file cannot be read
        """
        return anchors.read(Path(path).read_text(encoding="utf-8").splitlines())

    @api.model
    def _of_anchors(self, council, chains, told=None):
        """
        :param chains: {chain: its rows}
        :param told: anchors; None: those of the file that the server's settings name, if they do
        """
        if told is None and (path := setting(ANCHORS)):
            try:
                told = self._anchors_in(path)
            except (OSError, ValueError):
                return [self._problem("missing", council, path, self.env._("What was written down of the chain"))]
        problems = []
        for name, rows in chains.items():
            mine = [anchor for anchor in told or () if (anchor.council, anchor.chain) == (council.code, name)]
            at = {row.position: row for row in rows}
            links = {position: row.link for position, row in at.items()}
            problems += [
                self._problem(
                    why,
                    at.get(anchor.position, council),
                    self.env._(
                        "Position %(position)s of the chain, told outside as %(link)s",
                        position=anchor.position,
                        link=anchor.link,
                    ),
                )
                for anchor, why in anchors.departures(mine, links.items())
            ]
        return problems
