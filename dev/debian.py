"""Debian packages unpacked into the checkout, not installed into the system."""

import os
import pathlib
import shutil

from . import apt, paths, steps

# Odoo's package points into these with symbolic links.
ODOO_COMPANIONS = (
    "fonts-montserrat",
    "fonts-roboto-unhinted",
    "fonts-ocr-b",
    "fonts-inconsolata",
    "fonts-glyphicons-halflings",
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
)
# Debian leaves this library out (its licence), mail's manifest still names it: every page would log an error.
LEFT_OUT = "usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
DPKG_STATUS = pathlib.Path("/var/lib/dpkg/status")


def stamp(name):
    """Return the file whose existence says that the step ``name`` is complete."""
    return paths.STAMPS / name


def unpack(files, target):
    """Unpack ``.deb`` files below ``target`` and make their absolute links point into it."""
    target.mkdir(parents=True, exist_ok=True)
    for file in files:
        steps.call("dpkg", ["dpkg-deb", "-x", file, target], f"{file.name} is damaged: run make clean and try again")
    repoint(target)


def repoint(root):
    """Turn links such as ``/usr/share/x`` into relative ones when their goal was unpacked below ``root``."""
    for directory, names, files in os.walk(root):
        for name in names + files:
            link = pathlib.Path(directory, name)
            if link.is_symlink():
                goal = os.readlink(link)
                inner = root / goal.lstrip("/")
                if goal.startswith("/") and inner.exists():
                    link.unlink()
                    link.symlink_to(os.path.relpath(inner, link.parent))


def dangling(root):
    """Return the links below ``root`` that lead nowhere."""
    found = []
    for directory, names, files in os.walk(root):
        paths_here = (pathlib.Path(directory, name) for name in names + files)
        found += [path for path in paths_here if path.is_symlink() and not path.exists()]
    return found


def release():
    """Return (sources of this release, its main source); raises Failure where apt or a mirror is missing."""
    apt.require()
    sources = apt.machine_sources()
    return apt.release_sources(sources, apt.codename()), apt.main_source(sources, apt.codename())


def stable_text():
    """Return the machine's own Debian sources as text for a private apt."""
    own, main = release()
    return "\n".join(apt.stanza(source, source["suites"]) for source in own or [main])


def unpack_odoo():
    """Unpack Odoo 19 from sid with what it links to; return nothing, the result is below ``.house/root/odoo``."""
    _own, main = release()
    sid = apt.PrivateApt("sid", apt.stanza(main, ["sid"]))
    sid.prepare()
    files = sid.download(["odoo-19", *ODOO_COMPANIONS], paths.DEBS)
    # sid's Font Awesome has other file names than the ones Odoo links to
    stable = apt.PrivateApt("fonts", stable_text())
    stable.prepare()
    files += stable.download(["fonts-font-awesome"], paths.DEBS)
    target = odoo_root()
    shutil.rmtree(target, ignore_errors=True)
    unpack(files, target)
    mend_fonts(target)
    fill_gap(target / LEFT_OUT)
    if lost := dangling(odoo_root() / "usr/lib/python3"):
        raise steps.Failure(f"{lost[0].name} of Odoo's package leads nowhere: tell us the Debian release you use")


def mend_fonts(root):
    """Point lost links to fonts at the file of the same name, or its Regular cut, that the font's package has now."""
    for link in dangling(root / "usr/lib/python3"):
        names = (link.name, f"{link.stem}-Regular{link.suffix}")
        found = [path for name in names for path in sorted((root / "usr/share/fonts").rglob(name))]
        if found:
            link.unlink()
            link.symlink_to(os.path.relpath(found[0], link.parent))


def fill_gap(path):
    """Put a file without effect where the package lacks one; all that is lost is the blurred background in calls."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("// left out by Debian\n", encoding="utf-8")


def odoo_root():
    """Return where Odoo's own packages are unpacked."""
    return paths.ROOT / "odoo"


def missing_for(name, packages):
    """Unpack ``packages`` with whatever they need and the machine lacks below ``.house/root/<name>``; return that."""
    target = paths.ROOT / name
    done = stamp(f"debian-{name}")
    if not done.exists():
        status = DPKG_STATUS if DPKG_STATUS.exists() else None
        private = apt.PrivateApt(name, stable_text(), status)
        private.prepare()
        shutil.rmtree(target, ignore_errors=True)
        unpack(private.download_missing(packages), target)
        done.touch()
    return target


def library_path(root):
    """Return the library directories below ``root`` for LD_LIBRARY_PATH."""
    found = []
    for base in ("usr/lib", "lib"):
        found += [root / base, *(root / base).glob("*-linux-gnu*"), *(root / base).glob("*-linux-gnu*/pulseaudio")]
    return os.pathsep.join(str(path) for path in found if path.is_dir())
