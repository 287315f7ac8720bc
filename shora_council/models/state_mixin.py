from odoo import api, fields, models
from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.uninstall import is_uninstalling
from .copied_fields import without_defaults


class ShoraStateMixin(models.AbstractModel):
    """The one guard of every record's life.

    A model puts its whole graph on top of its class::

        _transitions = {"draft": {"signed": ("secretary",)}, "signed": {}}

    ``write()`` with ``state`` asks one judge, so a button, an import, an RPC call and a cron meet the same wall:
    the edge exists, the user holds one of its roles towards the record's council, and ``_<state>_blockers()``
    returns no reason. Then ``_<state>_values()`` gives what becomes fact together with the state, and
    ``_on_<state>()`` does what follows from it. Nobody is exempt: what the rules do by themselves is an edge of the
    role ``system`` and is done openly through ``_as_system()``.
    """

    _name = "shora.state.mixin"
    _description = "Guarded life of a council record"

    _initial_state = "draft"
    _transitions = {}
    _frozen_states = ()
    _frozen_exempt = frozenset()
    #: set by transitions only, never by hand (numbers, legal dates, hashes)
    _fact_fields = frozenset()
    #: {state: fields that may be given together with that state, though facts or frozen}
    _fields_with_state = {}
    _deletable_states = ("draft",)

    allowed_moves = fields.Char(
        compute="_compute_allowed_moves",
        help="The states the current user may move this record to, as [state][state]; buttons are shown by it.",
    )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_allowed_moves(self):
        for record in self:
            edges = self._transitions.get(record.state, {})
            roles = record._roles_of_user() if edges else set()
            record.allowed_moves = "".join(f"[{new}]" for new, who in edges.items() if roles.intersection(who))

    # --- the judge ---

    def _state_council(self):
        """The council towards which the user's role is asked; empty for records above the councils."""
        self.ensure_one()
        return self.council_id

    def _roles_of_user(self):
        return self.env.user._shora_roles(self._state_council())

    def _as_system(self):
        """The same records, acted on by the rules themselves (role ``system``)."""
        return self.with_user(SUPERUSER_ID)

    def _state_label(self, state):
        return dict(self._fields["state"]._description_selection(self.env)).get(state, state)

    def _reasons_against(self, new):
        """Every reason, in words, why this record may not go to the state ``new`` now; empty when it may."""
        self.ensure_one()
        edges = self._transitions.get(self.state, {})
        if new not in edges:
            return [
                self.env._(
                    "From “%(old)s” there is no way to “%(new)s”.",
                    old=self._state_label(self.state),
                    new=self._state_label(new),
                )
            ]
        reasons = []
        if not self._roles_of_user().intersection(edges[new]):
            reasons.append(
                self.env._(
                    "This step belongs to: %(roles)s.",
                    roles=self.env["shora.words"]._join(
                        self.env["res.users"]._shora_role_labels(edges[new], self._state_council())
                    ),
                )
            )
        blockers = getattr(self, f"_{new}_blockers", None)
        return reasons + (blockers() if blockers else [])

    def _judge(self, new):
        for record in self:
            reasons = record._reasons_against(new)
            if reasons:
                raise UserError(
                    self.env._(
                        "“%(record)s” cannot become “%(state)s”:\n%(reasons)s",
                        record=record.display_name,
                        state=record._state_label(new),
                        reasons="\n".join(f"• {reason}" for reason in reasons),
                    )
                )

    def _lock(self):
        """Wait for whoever moves these rows now. A loser of the race is replayed by Odoo and meets the judge again."""
        if self.ids:
            self.flush_recordset()
            self.env.cr.execute(
                SQL(
                    "SELECT id FROM %s WHERE id IN %s ORDER BY id FOR UPDATE",
                    SQL.identifier(self._table),
                    tuple(self.ids),
                )
            )
            self.invalidate_recordset(["state"])

    # --- CRUD ---

    @api.model_create_multi
    def create(self, vals_list):
        # A client may send any context: no default of its own sets a fact.
        self = without_defaults(self, self._fact_fields)
        for vals in vals_list:
            self._check_facts(vals)
            # Set, not only checked: a default_state in the client's context must not win.
            if vals.setdefault("state", self._initial_state) != self._initial_state:
                raise UserError(
                    self.env._(
                        "%(model)s: a new record begins as “%(state)s”.",
                        model=self.env["ir.model"]._get(self._name).name,
                        state=self._state_label(self._initial_state),
                    )
                )
        return super().create(vals_list)

    def write(self, vals):
        councils = self._councils_decided_by(vals)
        if "state" in vals:
            self._write_with_state(vals)
        else:
            self._check_facts(vals)
            self._check_frozen(vals)
            super().write(vals)
        self._check_councils_kept(councils)
        return True

    def _write_with_state(self, vals):
        self.check_access("write")
        new = vals["state"]
        others = {name: value for name, value in vals.items() if name != "state"}
        self._lock()
        moving = self.filtered(lambda record: record.state != new)
        if others:
            # Given with a step, not beside a state that is reached already: that would rewrite facts unjudged.
            given = self._fields_with_state.get(new, ()) if moving == self else ()
            by_hand = {name: value for name, value in others.items() if name not in given}
            self._check_facts(by_hand)
            self._check_frozen(by_hand)
            super().write(others)
        moving._judge(new)
        for record, extra in moving._values_with_state(new):
            super(ShoraStateMixin, record).write({**extra, "state": new})
        after = getattr(moving, f"_on_{new}", None)
        if after and moving:
            after()
        return True

    def _councils_decided_by(self, vals):
        """{record id: council} of these records, where ``vals`` names the field that says whose they are."""
        field = self._fields.get("council_id")
        if field is None or (field.related or "council_id").split(".")[0] not in vals:
            return {}
        return {record.id: record.council_id for record in self.sudo()}  # whose a record is does not depend on rights

    def _check_councils_kept(self, before):
        """A record stays with its council; one that has just begun may go where its author may begin one.

        :raises UserError: it has begun its life in another council
        :raises AccessError: the user may not create it there; record rules alone judge a change by what was before
        """
        gone = self.sudo().filtered(lambda record: before.get(record.id) and record.council_id != before[record.id])
        for record in gone:
            if record.state != record._initial_state:
                mine = record.with_env(self.env).has_access("read")  # else its new name tells of another's council
                name = record.display_name if mine else self.env["ir.model"]._get(self._name).sudo().name
                raise UserError(self.env._("“%(record)s” stays with its council.", record=name))
        if gone:
            gone.with_env(self.env).check_access("create")

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Facts are read-only on every screen: a form never sends them, not even empty with a new line."""
        result = super().fields_get(allfields, attributes)
        for name in self._fact_fields & result.keys():
            if "readonly" in result[name]:
                result[name]["readonly"] = True
        return result

    def _values_with_state(self, new):
        """What becomes fact together with the state ``new``, as (record, values); one by one, each after the one before
        is written. A model whose facts are found for many records at once overrides it.
        """
        for record in self:
            values = getattr(record, f"_{new}_values", None)
            yield record, values() if values else {}

    def _check_facts(self, vals):
        """Refuse what only a transition sets.

        :raises UserError: naming the field
        """
        facts = sorted(self._fact_fields & vals.keys())
        if facts:
            raise UserError(
                self.env._(
                    "%(fields)s: set by the steps of the record itself, never by hand.",
                    fields=self.env["shora.words"]._join(
                        self._fields[name]._description_string(self.env) for name in facts
                    ),
                )
            )

    def _store_facts(self, vals):
        """Write what a transition itself produces (a number, a PDF, a hash), also into a frozen record."""
        return super().write(vals)

    def _create_as_fact(self, vals_list):
        """Create records in any state, facts included: what was decided before these councils were run here (spec,
        section 6), brought in by the one privileged import.
        """
        return super().create(vals_list)

    def _check_frozen(self, vals):
        """Refuse changes of frozen records.

        :raises UserError: naming the first field that is frozen.
        """
        names = {
            name
            for name in vals
            if name not in self._frozen_exempt and not name.startswith(("message_", "activity_", "website_message"))
        }
        frozen = names and self.filtered(
            lambda record: record.state in record._frozen_states and names - record._writable_when_frozen()
        )
        if frozen:
            labels = [
                self._fields[name]._description_string(self.env) for name in sorted(names) if name in self._fields
            ]
            raise UserError(
                self.env._(
                    "“%(record)s” is “%(state)s” and can no longer be changed (%(fields)s).",
                    record=frozen[0].display_name,
                    state=frozen[0]._state_label(frozen[0].state),
                    fields=self.env["shora.words"]._join(labels),
                )
            )

    def _writable_when_frozen(self):
        """Names of the fields that this one record still takes in its frozen state, beside ``_frozen_exempt``."""
        self.ensure_one()
        return frozenset()

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_may_unlink()
        return super().unlink()

    def _check_may_unlink(self):
        for record in self:
            if record.state not in self._deletable_states:
                raise UserError(
                    self.env._(
                        "“%(record)s” is “%(state)s” and is kept: it cannot be deleted.",
                        record=record.display_name,
                        state=record._state_label(record.state),
                    )
                )

    # --- shared by the models ---

    def _refusal(self, rule, text):
        """``text`` with the citation of its rule in front: "(Article 5, clause 1) …"."""
        return f"({rule._cite()}) {text}" if rule else text
