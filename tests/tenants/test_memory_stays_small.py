"""However many rows an organization has, moving it takes less than 300 MB, and no more than a small one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from carebase.stack.server import PostgresServer
from tests.tenants.conftest import LAKESIDE, Database, Move
from tests.tenants.packages import secrets_of

ROWS = 16_000
LIMIT = 300
# As wide as they may be: it is bytes that could fill the memory.
PROPERTIES = """
insert into public.properties (org_id, name, address_lines, city, region)
select %s, repeat('漢', 200), array[repeat('漢', 500)], repeat('漢', 100), repeat('漢', 90) || n
from generate_series(1, %s) as n
"""
PROGRAM = """
import resource
import sys
from pathlib import Path
from carebase import tenants
from carebase.project import Project
url, what, path, secrets, organization = sys.argv[1:]
if what == "export":
    report = tenants.export_organization(url, Project.find(), organization, Path(path), secrets=Path(secrets))
else:
    report = tenants.import_organization(url, Project.find(), Path(path), secrets=Path(secrets))
# Linux counts into ru_maxrss what the program that started us held; VmHWM is this program's own.
status = Path("/proc/self/status")
if status.exists():
    peak = int(status.read_text().split("VmHWM:")[1].split()[0]) >> 10
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 20
print(peak, report.rows)
"""


def run(database: Database, what: str, path: Path, of: str = LAKESIDE) -> tuple[int, int]:
    """The highest number of megabytes it took, and the rows."""
    command = [sys.executable, "-c", PROGRAM, database.url, what, str(path), str(secrets_of(path)), of]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    peak, rows = map(int, done.stdout.split())
    return peak, rows


@pytest.fixture
def large(move: Move, server: PostgresServer) -> Move:
    """Lakeside with many properties, put there without a look at keys and triggers."""
    name = move.source.value("select current_database()")
    with psycopg.connect(server.url(name), options="-csession_replication_role=replica") as conn:
        conn.execute(PROPERTIES, [move.source.org(LAKESIDE), ROWS])
    return move


def test_of_many_rows(large: Move) -> None:
    small, _ = run(large.source, "export", large.folder / "small", of="harbor")
    path = large.folder / "export"
    peak, rows = run(large.source, "export", path)
    size = sum(file.stat().st_size for file in path.iterdir()) >> 20
    assert rows > ROWS
    assert size > 30
    assert peak < min(LIMIT, small + 20)
    peak, loaded = run(large.target, "import", path)
    assert loaded == rows
    assert peak < min(LIMIT, small + 20)
