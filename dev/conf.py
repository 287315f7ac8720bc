"""odoo.conf, fonts.conf and the environment Odoo runs in; all made from what was found on this machine."""

import os
import secrets
import shlex

from . import debian, odoo_home, paths, postgres

HTTP_PORT = int(os.environ.get("SHORA_HTTP_PORT") or 8069)  # another one for a second checkout beside this one


def write_odoo():
    """Write ``.house/odoo.conf``; readable by its owner only, it may hold a password."""
    options = {
        "addons_path": ",".join(map(str, odoo_home.addons_path())),
        "data_dir": str(paths.DATA),
        "http_interface": "127.0.0.1",
        "http_port": str(HTTP_PORT),
        "admin_passwd": secrets.token_urlsafe(24),
        "list_db": "False",
        "max_cron_threads": "1",
        "unaccent": "True",
        "db_template": postgres.TEMPLATE,
        **postgres.settings(),
    }
    text = "[options]\n" + "".join(f"{key} = {value}\n" for key, value in sorted(options.items()))
    if paths.CONF.exists() and same_but_password(paths.CONF.read_text(encoding="utf-8"), text):
        return
    paths.CONF.touch(mode=0o600)
    paths.CONF.write_text(text, encoding="utf-8")


def same_but_password(old, new):
    """Compare two configurations without the master password, which is drawn anew each time."""

    def rest(text):
        return [line for line in text.splitlines() if not line.startswith("admin_passwd")]

    return rest(old) == rest(new)


def write_fonts():
    """Write a private fontconfig file: the Persian font from npm first, the system's and the unpacked ones after it."""
    directories = [paths.NODE / "node_modules/vazirmatn/fonts/ttf", paths.ROOT / "odoo/usr/share/fonts/truetype"]
    directories += sorted(paths.ROOT.glob("*/usr/share/fonts"))
    lines = ['<?xml version="1.0"?>', '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">', "<fontconfig>"]
    lines += [f"  <dir>{directory}</dir>" for directory in [*directories, "/usr/share/fonts", "/usr/local/share/fonts"]]
    for included in ("/etc/fonts/conf.d", *sorted(map(str, paths.ROOT.glob("*/etc/fonts/conf.d")))):
        if os.path.isdir(included):
            lines.append(f'  <include ignore_missing="yes">{included}</include>')
            break
    for family in ("sans-serif", "serif", "system-ui"):
        lines += [
            '  <match target="pattern">',
            '    <test name="lang" compare="contains"><string>fa</string></test>',
            f'    <test name="family"><string>{family}</string></test>',
            '    <edit name="family" mode="prepend" binding="strong"><string>Vazirmatn</string></edit>',
            "  </match>",
        ]
    lines += [f"  <cachedir>{paths.HOUSE / 'fontcache'}</cachedir>", "</fontconfig>"]
    paths.FONTS_CONF.write_text("\n".join(lines) + "\n", encoding="utf-8")


def own_variables():
    """Return the variables that Odoo, the tests and psql need on top of the caller's environment."""
    found = {
        "PATH": os.pathsep.join(
            [str(paths.VENV / "bin"), str(paths.NODE / "node_modules/.bin"), str(paths.BIN), os.environ.get("PATH", "")]
        ),
        "FONTCONFIG_FILE": str(paths.FONTS_CONF),
        "PYTHONWARNINGS": os.environ.get("PYTHONWARNINGS", ""),
        **postgres.client_environment(),
    }
    if (libraries := debian.library_path(paths.ROOT / "pango")) and (paths.STAMPS / "debian-pango").exists():
        found["LD_LIBRARY_PATH"] = os.pathsep.join(filter(None, [libraries, os.environ.get("LD_LIBRARY_PATH")]))
    return found


def environment():
    """Return the full environment for Odoo."""
    return {**os.environ, **own_variables()}


def write_shell():
    """Write ``.house/env`` for people: ``. .house/env`` gives a shell the same environment."""
    lines = []
    for key, value in own_variables().items():
        if key == "PATH":
            value = value.removesuffix(os.environ.get("PATH", ""))
            lines.append(f'export PATH={shlex.quote(value)}"$PATH"')
        elif key != "PYTHONWARNINGS":
            lines.append(f"export {key}={shlex.quote(value)}")
    path = paths.HOUSE / "env"
    path.touch(mode=0o600)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
