import os

from dev import debian


def tree(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def link(root, name, goal):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(goal)
    return path


def test_absolute_links_lead_into_the_unpacked_tree(tmp_path):
    tree(tmp_path, "usr/share/javascript/jquery.js")
    found = link(tmp_path, "usr/lib/odoo/jquery.js", "/usr/share/javascript/jquery.js")
    debian.repoint(tmp_path)
    assert not os.path.isabs(os.readlink(found))
    assert found.read_text(encoding="utf-8") == "usr/share/javascript/jquery.js"


def test_links_to_the_system_stay(tmp_path):
    found = link(tmp_path, "usr/lib/thing", "/usr/lib/not-unpacked")
    debian.repoint(tmp_path)
    assert os.readlink(found) == "/usr/lib/not-unpacked"
    assert debian.dangling(tmp_path) == [found]


def test_a_font_that_moved_is_found_by_name_or_as_regular_cut(tmp_path):
    tree(tmp_path, "usr/share/fonts/opentype/i/Inconsolata-Regular.otf", "usr/share/fonts/truetype/m/Mont.ttf")
    lost = link(tmp_path, "usr/lib/python3/x/Inconsolata.otf", "../../share/Inconsolata.otf")
    moved = link(tmp_path, "usr/lib/python3/x/Mont.ttf", "/usr/share/fonts/Mont.ttf")
    debian.mend_fonts(tmp_path)
    assert lost.read_text(encoding="utf-8").endswith("Inconsolata-Regular.otf")
    assert moved.read_text(encoding="utf-8").endswith("Mont.ttf")
    assert debian.dangling(tmp_path) == []
