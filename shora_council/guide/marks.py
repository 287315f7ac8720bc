"""What a sentence of the guide points at. ``label(env)`` is what the screen calls it in the language of ``env``, empty
where there is no such thing any more; then the guide shows a dash and the test of the guide fails.

Names are no secrets: they are read in superuser mode, whoever asks. What is behind them keeps its own rights.
"""

from dataclasses import dataclass

from odoo.tools.translate import code_translations

MODULE = "shora_council"
#: between the steps of a path; mirrored by the browser where the text runs from right to left
INTO = " › "


def _record(env, xmlid):
    name = xmlid if "." in xmlid else f"{MODULE}.{xmlid}"
    return env.ref(name, raise_if_not_found=False)


@dataclass(frozen=True)
class Menu:
    """A menu, shown with the way to it."""

    xmlid: str
    kind = "menu"

    def record(self, env):
        return _record(env, self.xmlid)

    def path(self, env):
        """The menu and those above it, the app first."""
        menus = self.record(env)
        while menus and menus[0].sudo().parent_id:
            menus = menus[0].sudo().parent_id + menus
        return menus

    def label(self, env):
        menus = self.path(env)
        return INTO.join(menus.sudo().mapped("name")) if menus else ""


@dataclass(frozen=True)
class Button:
    """The button ``name`` of a view as it stands with all that extends it; ``place`` chooses among several."""

    view: str
    name: str
    place: int = 0
    kind = "button"

    def node(self, arch):
        """The button in ``arch``, or None."""
        found = arch.xpath("//button[@name=$name]", name=self.name)
        return found[self.place] if self.place < len(found) else None

    def label(self, env):
        view = _record(env, self.view)
        node = self.node(view.sudo()._get_combined_arch()) if view else None
        return self.words(node) if node is not None else ""

    @staticmethod
    def words(node):
        """What stands on a button."""
        return node.get("string") or " ".join("".join(node.itertext()).split())


@dataclass(frozen=True)
class Word:
    """``source`` as a page, or a view where it is no button of a fixed name, shows it."""

    view: str
    source: str
    kind = "button"

    def label(self, env):
        view = _record(env, self.view)
        if not view:
            return ""
        english, shown = view.sudo().with_context(lang="en_US").arch_db, view.sudo().arch_db
        field = view._fields["arch_db"]
        terms = field.get_translation_dictionary(english, {"shown": shown})
        return terms.get(self.source, {}).get("shown") or ""


@dataclass(frozen=True)
class Screen:
    """``source`` as one of our own screens, drawn by ``static/src/<file>``, shows it."""

    file: str
    source: str
    kind = "button"

    def label(self, env):
        messages = code_translations.get_web_translations(MODULE, env.lang or "en_US").get("messages", ())
        return next((one["string"] for one in messages if one["id"] == self.source), self.source)


@dataclass(frozen=True)
class Choice:
    """A value of a selection field."""

    model: str
    field: str
    value: str
    kind = "button"

    def label(self, env):
        return dict(env[self.model]._fields[self.field]._description_selection(env)).get(self.value, "")
