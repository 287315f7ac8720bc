import logging

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import SQL, split_every

_logger = logging.getLogger(__name__)

#: councils judged and committed together; a longer transaction would keep users of their councils waiting
BATCH = 25
#: how often a batch that met another writer is tried before it is left to the next run
TRIES = 5


class ShoraFindingRound(models.Model):
    """Which councils the check over everything has still to judge: a queue, one row a council.

    A run takes what a broken-off one left behind, or else every council. Rows are taken with SKIP LOCKED and given back
    with the commit of their findings: two workers share a round, and whoever is killed leaves nothing half-judged.
    Nobody has access to it; it is written by the job alone.
    """

    _name = "shora.finding.round"
    _description = "Round of the findings"
    _rec_name = "council_id"

    council_id = fields.Many2one("shora.council", required=True, ondelete="cascade")
    queued_at = fields.Datetime(help="Empty once judged.")
    checked_at = fields.Datetime(help="When the last round judged this council.")

    _one_a_council = models.UniqueIndex("(council_id)", "A council is queued once.")
    _queued = models.Index("(queued_at) WHERE queued_at IS NOT NULL")

    @api.model
    def _queue(self):
        """Queue every council, unless a round that is younger than an hour has some left."""
        now = fields.Datetime.now()
        [(oldest,)] = self.env.execute_query(SQL("SELECT MIN(queued_at) FROM shora_finding_round"))
        if oldest and oldest > fields.Datetime.subtract(now, hours=1):
            return
        self.env.execute_query(
            SQL(
                """
                INSERT INTO shora_finding_round (council_id, queued_at)
                SELECT id, %(now)s FROM shora_council WHERE active ORDER BY id
                    ON CONFLICT (council_id) DO UPDATE SET queued_at = EXCLUDED.queued_at
                 RETURNING id
                """,
                now=now,
            )
        )
        self.env.invalidate_all()

    @api.model
    def _queued_councils(self):
        return [
            row[0]
            for row in self.env.execute_query(
                SQL("SELECT council_id FROM shora_finding_round WHERE queued_at IS NOT NULL ORDER BY council_id")
            )
        ]

    @api.model
    def _take(self, ids):
        """The councils among ``ids`` that are queued and that nobody else is judging, locked until the commit."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT council_id FROM shora_finding_round
                 WHERE queued_at IS NOT NULL AND council_id IN %s
                 ORDER BY council_id FOR UPDATE SKIP LOCKED
                """,
                tuple(ids),
            )
        )
        return self.env["shora.council"].browse([row[0] for row in rows])

    @api.model
    def _done(self, councils):
        self.env.execute_query(
            SQL(
                """
                UPDATE shora_finding_round SET queued_at = NULL, checked_at = %s
                 WHERE council_id IN %s RETURNING id
                """,
                fields.Datetime.now(),
                tuple(councils.ids),
            )
        )

    @api.model
    def _checked(self, councils):
        """{council id: naive UTC moment of its last round}; one query."""
        if not councils:
            return {}
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT council_id, checked_at FROM shora_finding_round WHERE council_id IN %s", tuple(councils.ids)
                )
            )
        )


class ShoraFinding(models.Model):
    """The check over everything, as a safety net and for what time alone changes."""

    _name = "shora.finding"
    _inherit = "shora.finding"

    @api.model
    def _cron_check(self):
        """Every finding of every council; hourly, so that midnight in Tehran is met. One commit a batch."""
        rounds = self.env["shora.finding.round"]
        progress = self.env["ir.cron"]._commit_progress
        self._again_on_conflict(rounds._queue)
        waiting = rounds._queued_councils()
        progress(remaining=len(waiting))
        failed = None
        for ids in split_every(BATCH, waiting):
            for part, error in self._check_parts(ids):
                failed = error or failed
                if not progress(len(part)):
                    return
        if failed:
            raise failed

    def _check_parts(self, ids):
        """Judge the queued councils ``ids`` together; where one of them fails, one by one, so that it stops nobody.

        :return: iterator of (ids judged, error or None), each to be committed
        """
        error = self._error_of(ids)
        if not error or len(ids) == 1:
            yield ids, error
            return
        for one in ids:
            yield (one,), self._error_of((one,))

    def _error_of(self, ids):
        """Judge the councils; what went wrong is logged and undone.

        :return: the error, None where there was none
        """
        try:
            self._again_on_conflict(self._check_queued, ids)
        except Exception as error:  # one council's data must not keep the others from being judged
            self.env.cr.rollback()
            _logger.exception("The findings of the councils %s could not be judged", ids)
            return error
        return None

    def _check_queued(self, ids):
        rounds = self.env["shora.finding.round"]
        councils = rounds._take(ids)
        if councils:
            self._check(councils)
            self.env.flush_all()
            rounds._done(councils)

    def _again_on_conflict(self, function, *args):
        """Call ``function`` again when another transaction came first: nothing but this call is in the transaction."""
        for left in reversed(range(TRIES)):
            try:
                return function(*args)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                self.env.cr.rollback()
                if not left:
                    raise
        return None
