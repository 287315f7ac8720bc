"""What the machine's own apt settings say, and private use of apt: nothing of the system is changed.

The mirror and its keyring are read from the machine, so this repository names no host. Signatures stay checked.
"""

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import time

from . import cache, paths, steps

DAY = 24 * 3600
PRINTED = re.compile(r"^'[^']*' (\S+) \d+ (SHA\d+):([0-9a-f]+)$", re.M)  # a line of apt-get --print-uris

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
    """apt with its own settings and status file below ``.house/apt/<name>``; the package lists and what was downloaded
    are kept for the user (see ``cache``).

    ``status`` is what apt believes to be installed: the machine's own file gives the packages that are missing here,
    an empty one gives single packages without regard to the system.
    """

    def __init__(self, name, text, status=None):
        self.place = paths.HOUSE / "apt" / name
        self.text = text
        self.status = status
        self.lists = cache.directory() / "lists" / hashlib.sha256(text.encode()).hexdigest()[:16]
        self.lock = self.lists.with_suffix(".lock")
        self.read = self.lists.with_suffix(".read")  # when the lists were read last, by the time of the file

    def prepare(self):
        """Write the private configuration and read the package lists of the mirror, once a day."""
        self.archives.joinpath("partial").mkdir(parents=True, exist_ok=True)
        (self.place / "machine.sources").write_text(self.text, encoding="utf-8")
        if self.status:
            shutil.copyfile(self.status, self.place / "status")
        else:
            (self.place / "status").write_text("", encoding="utf-8")
        self._write_configuration()
        if not self.read.exists() or time.time() - self.read.stat().st_mtime > DAY:
            try:
                self.update()
            except steps.Failure:
                if not self.read.exists():  # yesterday's lists serve where everything is there already
                    raise

    @property
    def archives(self):
        return self.place / "cache" / "archives"

    def update(self):
        """Read the package lists; a second process waits for the first."""
        advice = "the Debian mirror of this machine does not answer: check the network and run the same command again"
        with cache.locked(self.lock):
            (self.lists / "partial").mkdir(parents=True, exist_ok=True)
            # without it an unreachable mirror is a warning only
            self.call("-o", "APT::Update::Error-Mode=any", "update", advice=advice)
            self.read.touch()

    def _write_configuration(self):
        place = self.place
        lines = [
            f'Dir::Etc::sourcelist "{place}/machine.sources";',
            'Dir::Etc::sourceparts "-";',
            f'Dir::State "{place}/state";',
            f'Dir::State::lists "{self.lists}";',
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
        (place / "state").mkdir(parents=True, exist_ok=True)
        (place / "apt.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")

    @property
    def environment(self):
        settings = {
            "APT_CONFIG": str(self.place / "apt.conf"),
            "LC_ALL": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive",
        }
        return {**os.environ, **settings}

    def call(self, *arguments, advice, cwd=None):
        """Run apt-get; raises Failure with ``advice``."""
        command = ["apt-get", "-q", "-y", *arguments]
        steps.call("apt", command, advice, env=self.environment, cwd=cwd or self.place)

    def download(self, packages, target):
        """Fetch exactly ``packages`` into ``target``; return their files."""
        target.mkdir(parents=True, exist_ok=True)
        return self._with_lists(packages, self._download, packages, target)

    def download_missing(self, packages):
        """Fetch ``packages`` with all they need and the machine lacks; return the files."""
        return self._with_lists(packages, self._download_missing, packages)

    def _with_lists(self, packages, function, *arguments):
        """Call ``function``; where it fails by lists of an earlier hour, read them and call it once more."""
        begun = time.time()
        try:
            with cache.locked(self.lock, shared=True):
                return function(*arguments)
        except steps.Failure:
            if self.read.stat().st_mtime >= begun - 60:
                raise
            self.update()
        with cache.locked(self.lock, shared=True):
            return function(*arguments)

    def _download(self, packages, target):
        files = self.needed("download", *packages)
        missing = [name for name, value in files.items() if not cache.take("debs", name, value, target)]
        if missing:
            wanted = [name.partition("_")[0] for name in missing]
            self.call("download", *wanted, advice=self._advice(wanted), cwd=target)
        for name in missing:
            cache.keep("debs", target / name)
        return [target / name for name in files]

    def _download_missing(self, packages):
        files = self.needed("--download-only", "install", *packages)
        missing = [name for name, value in files.items() if not cache.take("debs", name, value, self.archives)]
        self.call("--download-only", "install", *packages, advice=self._advice(packages))
        for name in missing:
            cache.keep("debs", self.archives / name)
        return sorted(self.archives.glob("*.deb"))

    def needed(self, *arguments):
        """Return what apt would fetch now: {file name: (name of the digest, digits)}, from the signed lists."""
        command = ["apt-get", "-q", "-y", "-o", "Acquire::ForceHash=SHA256", "--print-uris", *arguments]
        try:
            text = steps.output(command, env=self.environment, cwd=self.place)
        except subprocess.CalledProcessError as error:
            advice = f"the Debian mirror does not have {', '.join(arguments)}: run the same command again tomorrow"
            raise steps.Failure(advice) from error
        return {name: (kind.lower(), value) for name, kind, value in PRINTED.findall(text)}

    @staticmethod
    def _advice(packages):
        wanted = ", ".join(packages)
        return f"the Debian mirror does not give {wanted}: check the network and run the same command again"


def require():
    """Raise Failure when apt or dpkg is missing."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise steps.Failure(NO_APT)
