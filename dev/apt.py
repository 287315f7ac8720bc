"""What the machine's own apt settings say, and private use of apt: nothing of the system is changed.

The mirror and its keyring are read from the machine, so this repository names no host. Signatures stay checked.
"""

import os
import pathlib
import re
import shutil

from . import paths, steps

NO_APT = (
    "this machine has no Debian package manager: set ODOO_HOME to an Odoo 19 source tree "
    "and PGHOST, PGPORT, PGUSER, PGPASSWORD to a PostgreSQL server, then try again"
)


def parse_deb822(text):
    """Return the sources of a ``.sources`` file: dicts with uris, suites, components and options (strings)."""
    found = []
    for stanza in re.split(r"\n\s*\n", re.sub(r"^#.*\n?", "", text, flags=re.M)):
        fields, key = {}, None
        for line in stanza.splitlines():
            if line[:1].isspace() and key:
                fields[key] += "\n" + line.strip()
            elif ":" in line:
                key, value = line.split(":", 1)
                key = key.strip().lower()
                fields[key] = value.strip()
        if "deb" in fields.get("types", "").split() and fields.get("enabled", "yes").lower() not in ("no", "false"):
            found.append(
                {
                    "uris": fields.get("uris", "").split(),
                    "suites": fields.get("suites", "").split(),
                    "components": fields.get("components", "").split(),
                    "signed_by": fields.get("signed-by", ""),
                }
            )
    return found


def parse_one_line(text):
    """Return the sources of a ``.list`` file in the shape of :func:`parse_deb822`."""
    found = []
    for line in text.splitlines():
        match = re.match(r"\s*deb\s+(?:\[([^]]*)\]\s*)?(\S+)\s+(\S+)\s*([^#]*)", line)
        if match:
            options = dict(part.split("=", 1) for part in (match[1] or "").split() if "=" in part)
            found.append(
                {
                    "uris": [match[2]],
                    "suites": [match[3]],
                    "components": match[4].split(),
                    "signed_by": options.get("signed-by", ""),
                }
            )
    return found


def machine_sources(etc=pathlib.Path("/etc/apt")):
    """Return every enabled binary source of the machine."""
    found = []
    for path in (etc / "sources.list", *sorted((etc / "sources.list.d").glob("*"))):
        if path.is_file() and path.suffix in (".list", ".sources"):
            text = path.read_text(encoding="utf-8", errors="replace")
            found += parse_deb822(text) if path.suffix == ".sources" else parse_one_line(text)
    return found


def codename(os_release=pathlib.Path("/etc/os-release")):
    """Return the name of the running release, such as ``bookworm``, or an empty string."""
    if not os_release.is_file():
        return ""
    match = re.search(r'^VERSION_CODENAME="?([\w-]+)', os_release.read_text(encoding="utf-8"), re.M)
    return match[1] if match else ""


def release_sources(sources, release):
    """Return the sources that belong to ``release`` itself, third parties left out."""
    own = [
        dict(source, suites=[suite for suite in source["suites"] if suite.split("-")[0] == release])
        for source in sources
    ]
    return [source for source in own if source["suites"] and "main" in source["components"]]


def main_source(sources, release):
    """Return the source that carries ``release`` proper (not its updates): its mirror also has the other suites."""
    names = (release, "stable", "testing", "oldstable", "sid", "unstable")
    for source in sources:
        if "main" in source["components"] and any(suite in names for suite in source["suites"]):
            return source
    raise steps.Failure("apt's sources name no Debian mirror: set ODOO_HOME to an Odoo 19 source tree and try again")


def stanza(source, suites):
    """Write ``source`` for ``suites`` in deb822 form, component main."""
    lines = ["Types: deb", f"URIs: {' '.join(source['uris'])}", f"Suites: {' '.join(suites)}", "Components: main"]
    if source["signed_by"]:
        lines.append("Signed-By: " + source["signed_by"].replace("\n", "\n "))
    return "\n".join(lines) + "\n"


class PrivateApt:
    """apt with its own lists, cache and status file below ``.house/apt/<name>``.

    ``status`` is what apt believes to be installed: the machine's own file gives the packages that are missing here,
    an empty one gives single packages without regard to the system.
    """

    def __init__(self, name, text, status=None):
        self.place = paths.HOUSE / "apt" / name
        self.text = text
        self.status = status

    def prepare(self):
        """Write the private configuration and read the package lists of the mirror."""
        for part in ("state/lists/partial", "cache/archives/partial"):
            (self.place / part).mkdir(parents=True, exist_ok=True)
        (self.place / "machine.sources").write_text(self.text, encoding="utf-8")
        if self.status:
            shutil.copyfile(self.status, self.place / "status")
        else:
            (self.place / "status").write_text("", encoding="utf-8")
        self._write_configuration()
        self.call("apt", "update", advice="the Debian mirror of this machine does not answer: check the network")

    def _write_configuration(self):
        place = self.place
        lines = [
            f'Dir::Etc::sourcelist "{place}/machine.sources";',
            'Dir::Etc::sourceparts "-";',
            f'Dir::State "{place}/state";',
            f'Dir::State::status "{place}/status";',
            f'Dir::Cache "{place}/cache";',
            'Acquire::Languages "none";',
            'Acquire::Check-Valid-Until "false";',  # mirrors of sid lag
            'APT::Install-Recommends "false";',
            "#clear APT::Update::Post-Invoke;",  # the image's own clean-up concerns the system's cache
            "#clear APT::Update::Post-Invoke-Success;",
            "#clear DPkg::Post-Invoke;",
        ]
        if os.geteuid() == 0:
            lines.append('APT::Sandbox::User "root";')  # _apt may not reach the checkout
        (place / "apt.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")

    @property
    def environment(self):
        settings = {
            "APT_CONFIG": str(self.place / "apt.conf"),
            "LC_ALL": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
        }
        return {**os.environ, **settings}

    def call(self, log, *arguments, advice):
        """Run apt-get; raises Failure with ``advice``."""
        steps.call(log, ["apt-get", "-q", "-y", *arguments], advice, env=self.environment, cwd=self.place)

    def download(self, packages, target):
        """Fetch exactly ``packages`` into ``target``; return their files."""
        target.mkdir(parents=True, exist_ok=True)
        steps.call(
            "apt",
            ["apt-get", "-q", "download", *packages],
            f"the Debian mirror could not give {', '.join(packages)}: try again",
            env=self.environment,
            cwd=target,
        )
        return [newest(target, package) for package in packages]

    def download_missing(self, packages):
        """Fetch ``packages`` with all they need and the machine lacks; return the files."""
        archives = self.place / "cache" / "archives"
        self.call(
            "apt",
            "--download-only",
            "install",
            *packages,
            advice=f"the Debian mirror could not give {', '.join(packages)} with what they need: try again",
        )
        return sorted(archives.glob("*.deb"))


def newest(directory, package):
    """Return the most recent ``.deb`` of ``package`` in ``directory``."""
    files = sorted(directory.glob(f"{package}_*.deb"), key=lambda path: path.stat().st_mtime)
    if not files:
        raise steps.Failure(f"the package {package} did not arrive: run the command again")
    return files[-1]


def require():
    """Raise Failure when apt or dpkg is missing."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise steps.Failure(NO_APT)
