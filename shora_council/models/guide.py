from markupsafe import Markup, escape
from odoo import api, models

from ..guide import PAGES
from ..guide.marks import Menu

MARK = Markup('<span class="o_shora_mark o_shora_mark_%(kind)s">%(label)s</span>')
LINK = Markup('<a class="o_shora_mark o_shora_mark_menu" href="%(href)s">%(label)s</a>')


class ShoraGuide(models.AbstractModel):
    """The guide as a reader sees it. It tells how things are done and holds nothing of any council: whoever works here
    may read every page, and finds the own ones first; visitors of the portal get the member's page and no other.
    """

    _name = "shora.guide"
    _description = "Guide of the roles"

    @api.model
    def _pages(self):
        """The pages this user may open, the own ones first: dicts of ``role``, ``title`` and ``own``."""
        user, say = self.env.user, self.env._  # what it says is marked for translation where it is written
        pages = [
            {
                "role": page.role,
                "title": say(page.title),
                "own": any(user.has_group(group) for group in page.groups),
            }
            for page in PAGES.values()
            if user._is_internal() or page.role == "member"
        ]
        return sorted(pages, key=lambda page: not page["own"])

    @api.model
    def _page(self, role):
        """Content of a page in the reader's language; steps are counted through.

        :return: dict of ``title``, ``intro`` and ``sections`` (``title``, ``steps``: ``number``, ``clause``, ``text``)
        """
        page, words, say, number = PAGES[role], self.env["shora.words"], self.env._, 0
        clauses, menus = self._citations(), self._menus()
        sections = []
        for section in page.sections:
            steps = []
            for step in section.steps:
                number += 1
                steps.append(
                    {
                        "number": words._digits(number),
                        "clause": clauses.get(step.clause, ""),
                        "text": self._text(step, menus),
                    }
                )
            sections.append({"title": say(section.title), "steps": steps})
        title = self.env._("Guide: %(role)s", role=say(page.title))
        return {"title": title, "intro": say(page.intro), "sections": sections}

    def _text(self, step, menus):
        """The sentence of a step with the names of what it points at; a menu the reader has is a link."""
        say, shown = self.env._, {}
        for name, mark in step.marks.items():
            label = mark.label(self.env) or "—"
            href = self._address(mark, menus) if isinstance(mark, Menu) else None
            shown[name] = (LINK if href else MARK) % {"kind": mark.kind, "label": label, "href": href}
        return escape(say(step.text)) % shown

    def _menus(self):
        """Ids of the menus this user has; none on the portal."""
        return self.env["ir.ui.menu"]._visible_menu_ids() if self.env.user._is_internal() else frozenset()

    def _address(self, mark, menus):
        """Where the menu leads, if this user has it and all above it."""
        path = mark.path(self.env)
        if not path or not menus.issuperset(path.ids):
            return None
        action = path[-1].sudo().action
        return f"/odoo/{action.path or f'action-{action.id}'}" if action else None

    def _citations(self):
        """{clause code: citation} of the by-law that is shipped."""
        bylaw = self.env.ref("shora_council.bylaw_irud", raise_if_not_found=False)
        clauses = bylaw.sudo().clause_ids if bylaw else ()  # the by-law is everybody's to know
        return {clause.code: clause.citation for clause in clauses}
