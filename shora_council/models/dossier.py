import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..rules import clock, sealing

SCHEMA = "shora.dossier/1"
TEMPLATE = "shora_council.document_dossier"
DECIDE_TODO = "shora_council.activity_dossier_decide"
OFFICE_NUMBER = frozenset({"official_number", "official_date"})


class ShoraDossier(models.Model):
    """What the head of the Secretariat presents to the President: minutes of one or several councils, summarised, with
    a recommendation on each resolution (5-9).

    The Secretariat's people prepare it from reviewed minutes, its head presents it. Presenting gives the number and
    freezes everything: content in canonical form and the PDF made from that very content, each with its SHA-256. The
    President's decisions come line by line (``dossier_decision``); once the last of them is final, it is decided.
    Until the first of them is final the head may withdraw it, with the reason (``dossier_withdrawn``).
    Read by the Secretariat, the President, his office and the auditor; councils see the decisions on their
    resolutions, never the dossier (5-8).
    """

    _name = "shora.dossier"
    _description = "Dossier for the President"
    _inherit = ["shora.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    _transitions = {
        "draft": {"presented": ("head",)},
        "presented": {"decided": ("president", "office"), "withdrawn": ("head",)},
        "decided": {},
        "withdrawn": {},
    }
    _frozen_states = ("presented", "decided", "withdrawn")
    _fact_fields = frozenset(
        {
            *("number", "presented_at", "presented_by_id", "presented_name", "decided_on"),
            *("content_json", "content_sha256", "pdf", "pdf_sha256"),
            *("withdrawn_at", "withdrawn_by_id", "withdrawn_name", "withdraw_reason"),
        }
    )
    _fields_with_state = {"presented": tuple(OFFICE_NUMBER), "withdrawn": ("withdraw_reason",)}

    name = fields.Char(required=True, string="Title", default=lambda self: self._default_name(), tracking=True)
    number = fields.Char(copy=False, string="Internal number", help="Given when it is presented.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    state = fields.Selection(
        [("draft", "Draft"), ("presented", "Presented"), ("decided", "Decided"), ("withdrawn", "Withdrawn")],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    introduction = fields.Text(help="What the President should know of all of it.")
    part_ids = fields.One2many("shora.dossier.minutes", "dossier_id", string="Minutes in it", copy=False)
    line_ids = fields.One2many("shora.dossier.line", "dossier_id", string="Resolutions", copy=False)
    council_ids = fields.Many2many("shora.council", compute="_compute_counts", string="Councils")
    line_count = fields.Integer(compute="_compute_counts", string="To decide on")
    decided_count = fields.Integer(compute="_compute_counts", string="Decided")
    presented_at = fields.Datetime(copy=False, string="Presented at", tracking=True)
    presented_by_id = fields.Many2one("res.users", copy=False, string="Presented by", ondelete="restrict")
    presented_name = fields.Char(copy=False, string="Presented by (as printed)")
    decided_on = fields.Date(copy=False, string="Decided on")
    age = fields.Integer(compute="_compute_age", string="Days with the President")
    official_number = fields.Char(copy=False, string="Official number")
    official_date = fields.Date(copy=False, string="Official date")
    content_json = fields.Text(copy=False, string="Presented content")
    content_sha256 = fields.Char(copy=False, string="SHA-256 of the content")
    pdf = fields.Binary(attachment=True, copy=False)
    pdf_sha256 = fields.Char(copy=False, string="SHA-256 of the PDF")
    pdf_name = fields.Char(compute="_compute_pdf_name")

    _number_unique = models.UniqueIndex("(company_id, number) WHERE number IS NOT NULL", "This number is given.")

    @api.model
    def _default_name(self):
        """«گزارش جمع‌بندی … ۱۴۰۵/۰۹/۰۲», in the language of documents; the Secretariat writes what it likes."""
        office = self.env["shora.reader"]._of_office(self)
        return office.env._(
            "Summary of minutes and resolutions, %(day)s",
            day=office.env["shora.pdf"]._short_day(self.env["shora.council"]._today()),
        )

    @api.depends("number", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        digits = self.env["shora.words"]._digits
        for dossier in self:
            number = dossier.number and digits(dossier.number)
            dossier.display_name = f"{number} · {dossier.name}" if number else dossier.name

    @api.depends("line_ids.decision", "line_ids.council_id")
    def _compute_counts(self):
        for dossier in self:
            lines = dossier.line_ids
            dossier.council_ids = lines.council_id
            dossier.line_count = len(lines)
            dossier.decided_count = len(lines.filtered("decision"))

    @api.depends("presented_at", "decided_on", "withdrawn_at")
    def _compute_age(self):
        today = self.env["shora.council"]._today()
        for dossier in self:
            since = dossier.presented_at and clock.tehran_day(dossier.presented_at)
            until = dossier.decided_on or (dossier.withdrawn_at and clock.tehran_day(dossier.withdrawn_at)) or today
            dossier.age = (until - since).days if since else 0

    @api.depends("number")
    def _compute_pdf_name(self):
        for dossier in self:
            dossier.pdf_name = f"dossier-{(dossier.number or '').replace('/', '-')}.pdf"

    @api.constrains("official_number", "official_date")
    def _check_official(self):
        for dossier in self:
            if bool(dossier.official_number) != bool(dossier.official_date):
                raise ValidationError(self.env._("Enter the official number together with its date."))

    def _state_council(self):
        # Of the Centre's offices; a council in it says in which company somebody stands in for the head.
        return self.line_ids.council_id[:1]

    def _writable_when_frozen(self):
        # the office numbers the letter after it was made here
        return super()._writable_when_frozen() | (frozenset() if self.official_number else OFFICE_NUMBER)

    def copy(self, default=None):
        if self:
            raise UserError(self.env._("A dossier is prepared anew: its minutes are presented once."))
        return super().copy(default)

    def _by_5_9(self, text):
        """``text`` with its clause; councils of one Centre cite the same one."""
        minutes = self.part_ids.minutes_id[:1] or self.line_ids.minutes_id[:1]
        return minutes._by_5_9(text) if minutes else self._fallback_5_9(text)

    def _fallback_5_9(self, text):
        council = self.env["shora.council"].sudo().search(Domain("company_id", "=", self.company_id.id), limit=1)
        clause = council.bylaw_id._clause("5-9")
        return f"({clause.citation}) {text}" if clause else text

    # --- prepared ---

    @api.model
    def _prepare(self, minutes):
        """A draft with ``minutes``, in the order of councils and sessions.

        :raises UserError: one of them is not reviewed, or in a dossier already
        """
        minutes = minutes.sorted(lambda one: (one.council_id.sequence, one.council_id.id, one.session_id.start))
        return self.create({"part_ids": [(0, 0, {"minutes_id": one.id}) for one in minutes]})

    def action_add_referred(self):
        """Put what the President referred, and what has come of it, before him again."""
        self.ensure_one()
        self.check_access("write")
        waiting = self.env["shora.resolution"]._referred(self.company_id)
        if not waiting:
            raise UserError(self.env._("Nothing that the President referred waits to be presented again."))
        self.env["shora.dossier.line"].create(
            [{"dossier_id": self.id, "resolution_id": one.id, "is_again": True} for one in waiting]
        )

    # --- presented ---

    def _presented_blockers(self):
        reasons = []
        if not self.line_ids:
            reasons.append(self._by_5_9(self.env._("Put reviewed minutes into the dossier first.")))
        for part in self.part_ids:
            minutes = part.minutes_id
            if minutes.state != "reviewed":
                reasons.append(
                    self._by_5_9(
                        self.env._(
                            "%(minutes)s are “%(state)s”: only reviewed minutes are presented.",
                            minutes=minutes.display_name,
                            state=minutes._state_label(minutes.state),
                        )
                    )
                )
            if not (part.summary or "").strip():
                reasons.append(
                    self._by_5_9(self.env._("Write the summary of %(minutes)s.", minutes=minutes.display_name))
                )
        return reasons

    def _presented_values(self):
        return {
            "number": self.env["ir.sequence"].sudo().next_by_code("shora.dossier"),  # numbers are nobody's to choose
            "presented_at": fields.Datetime.now(),
            "presented_by_id": self.env.uid,
            "presented_name": self.env.user.name,
        }

    def _on_presented(self):
        for dossier in self:
            # The minutes are closed to the Secretariat; the head's step on them is judged by role.
            dossier.part_ids.minutes_id.sudo().write({"state": "presented"})
            content = sealing.canonical(dossier._content(), SCHEMA)
            dossier._store_facts({"content_json": content.decode(), "content_sha256": sealing.sha256_hex(content)})
            pdf = self.env["shora.pdf"]._render(TEMPLATE, dossier, content=dossier._sealed_content())
            dossier._store_facts({"pdf": base64.b64encode(pdf), "pdf_sha256": sealing.sha256_hex(pdf)})
            dossier._ask_president()

    def _ask_president(self):
        """A to-do and a message for the President and his office."""
        users = self._deciders()

        def speak(told):
            return told.env._("“%(dossier)s” waits for the President's decision.", dossier=told.display_name)

        today = self.env["shora.council"]._today()
        self.env["shora.todo"]._open(self, DECIDE_TODO, {self: users}, speak, {self: today})
        self._tell_readers(users.partner_id, speak)

    def _deciders(self):
        """Users who decide, or record what was decided, in the dossier's company."""
        users = self.env["res.users"]
        found = users._shora_users_with_role("president") | users._shora_users_with_role("office")
        return found.filtered(lambda user: self.company_id in user.company_ids)

    # --- decided ---

    def _decided_blockers(self):
        if self.line_ids and all(self.line_ids.mapped("is_final")):
            return []
        return [self._by_5_9(self.env._("The President's decision on every line is not final yet."))]

    def _decided_values(self):
        return {"decided_on": max(self.line_ids.mapped("decided_on"))}

    def _on_decided(self):
        self.env["shora.todo"]._close(self, DECIDE_TODO)
        heads = self.env["res.users"]._shora_users_with_role("head")
        for dossier in self:
            partners = heads.filtered(lambda user, one=dossier: one.company_id in user.company_ids).partner_id
            dossier._tell_readers(
                partners,
                lambda told: told.env._("The President has decided on “%(dossier)s”.", dossier=told.display_name),
            )

    # --- buttons ---

    def action_present(self):
        """Present it to the President (head of the Secretariat)."""
        self.write({"state": "presented"})

    def action_print(self):
        self.ensure_one()
        if self.state == "draft":
            return self.env["shora.pdf"]._action_render(TEMPLATE, self)
        return self.env["shora.pdf"]._action(self, "pdf")

    def action_open_page(self):
        """The President's page of this dossier."""
        self.ensure_one()
        return {
            **self.env["ir.actions.actions"]._for_xml_id("shora_council.shora_president_desk_action"),
            "params": {"dossier_id": self.id},
        }
