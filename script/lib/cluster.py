"""A private PostgreSQL with PostGIS: found, made, started, stopped; nobody else can reach it."""

import contextlib
import os
import re
import secrets
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from script.lib import processes
from script.lib.account import Account
from script.lib.paths import write_private

# One role owns the tables and migrates; the application signs in as the other.
DATABASE = OWNER = "tram_tuyen"
APPLICATION = "tram_tuyen_app"
PASSWORD_FILES = {OWNER: "password", APPLICATION: "password_app"}
SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_LIMIT = 107  # bytes that Linux leaves for the path of a socket
START_SECONDS = 90
INSTALLATIONS = Path("/usr/lib/postgresql")
EXTENSIONS = Path("/usr/share/postgresql")

# The owner of the data is the superuser without a password, and only over the private socket.
ACCESS = "local all postgres peer map=owner\nlocal all all scram-sha-256\n"
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "maintenance_work_mem": "128MB",
    "work_mem": "16MB",
    "random_page_cost": "1.1",
    "max_connections": "60",
    "log_min_messages": "warning",
    "jit": "off",
}
THROW_AWAY_OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum_naptime": "10min",
}

# The owner may act as the application, which is less: tests prove the grants so.
CREATE_ROLES = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') THEN
    CREATE ROLE {OWNER} LOGIN CREATEDB;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APPLICATION}') THEN
    CREATE ROLE {APPLICATION} LOGIN;
    GRANT {APPLICATION} TO {OWNER};
  END IF;
END $$;"""  # noqa: S608
KNOWS_DATABASE = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"  # noqa: S608
# The coordinate systems of our own are rows that a migration writes.
PREPARE_TEMPLATE = f"""
CREATE EXTENSION IF NOT EXISTS postgis;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT CREATE ON SCHEMA public TO {OWNER};
GRANT INSERT, UPDATE, DELETE ON spatial_ref_sys TO {OWNER};"""


class ClusterError(Exception):
    """PostgreSQL cannot run here: what happened and what to do, as sentences for a person."""


def postgis_versions() -> dict[int, Path]:
    """The PostgreSQL majors of this machine that have PostGIS, with their programs' folder."""
    return {
        int(folder.name): folder / "bin"
        for folder in INSTALLATIONS.glob("[0-9]*")
        if (folder / "bin/initdb").exists()
        and (EXTENSIONS / folder.name / "extension/postgis.control").exists()
    }


@dataclass(frozen=True)
class Cluster:
    """One cluster in its home folder, run by one account."""

    home: Path
    account: Account
    durable: bool = True

    @property
    def data(self) -> Path:
        """PostgreSQL's data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What PostgreSQL says."""
        return self.home / "postgresql.log"

    def programs(self) -> Path:
        """The folder of the programs that fit the data, or of the newest PostGIS without data.

        Raises ClusterError when no PostGIS is installed or the data is of a major that is not here.
        """
        here = postgis_versions()
        if not here:
            msg = "Không thấy PostgreSQL có PostGIS trên máy này. Chạy script/bootstrap để cài."
            raise ClusterError(msg)
        if not (self.data / "PG_VERSION").exists():
            return here[max(here)]
        wanted = int((self.data / "PG_VERSION").read_text(encoding="utf-8"))
        if wanted not in here:
            raise ClusterError(other_major_sentence(self.data, wanted, sorted(here)))
        return here[wanted]

    def start(self) -> None:
        """Make the cluster when it is new, recover what a kill left, start it, make the database.

        Raises ClusterError with PostgreSQL's own words when it does not start.
        """
        programs = self.programs()
        if not (self.data / "PG_VERSION").exists():
            self._make(programs)
        if not self._answers(programs):
            self._clear_after_kill()
            self._configure(self._make_socket_folder())
            self._run_pg_ctl(programs, "start", "-l", str(self.log), "-t", str(START_SECONDS))
        self._provision(programs)

    def stop(self) -> None:
        """Stop a running cluster, disconnecting whoever is still there."""
        if self.postmaster() is not None:
            self._run_pg_ctl(self.programs(), "stop", "-m", "fast")
            self._drop_socket_folder()

    def url(self, role: str = OWNER) -> str:
        """The address of the running cluster's database for its owner, or for the application."""
        password = (self.home / PASSWORD_FILES[role]).read_text(encoding="utf-8")
        return f"postgres:///{DATABASE}?host={self.socket_folder()}&user={role}&password={password}"

    def socket_folder(self) -> Path:
        """The private folder of the socket, as last chosen."""
        return Path((self.home / "socket_folder").read_text(encoding="utf-8"))

    def postmaster(self) -> int | None:
        """The number of the running server; a stale postmaster.pid does not count."""
        try:
            text = (self.data / "postmaster.pid").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        pid = int(text.split("\n", 1)[0] or 0)
        return pid if self._is_ours(pid) else None

    def query(self, programs: Path, sql: str, database: str = "postgres") -> str:
        """Run SQL as the superuser. Raises ClusterError with PostgreSQL's words."""
        command = [programs / "psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-f", "-"]
        target = ["-h", str(self.socket_folder()), "-U", "postgres", "-d", database]
        return self._run([*map(str, command), *target], sql)

    def _answers(self, programs: Path) -> bool:
        """Whether a server is up; one that is still coming up is waited for."""
        ask = [str(programs / "pg_isready"), "-q", "-h"]
        until = time.monotonic() + START_SECONDS
        while self.postmaster() is not None and time.monotonic() < until:
            if subprocess.run([*ask, str(self.socket_folder())], check=False).returncode == 0:
                return True
            time.sleep(0.1)
        return False

    def _is_ours(self, pid: int) -> bool:
        return processes.is_alive(pid) and processes.working_folder(pid) == self.data.resolve()

    def _make(self, programs: Path) -> None:
        """Build aside and rename, so that a half-made folder is never taken for data."""
        self.home.mkdir(parents=True, exist_ok=True)
        os.chown(self.home, self.account.uid, self.account.gid)
        self.home.chmod(0o700)
        fresh = self.home / "data.new"
        self._run(["rm", "-rf", str(fresh)])
        kind = ["--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres", "--auth=peer"]
        sync = [] if self.durable else ["--no-sync"]
        self._run([str(programs / "initdb"), f"--pgdata={fresh}", *kind, *sync])
        fresh.rename(self.data)

    def _configure(self, socket_folder: Path) -> None:
        options = OPTIONS | ({} if self.durable else THROW_AWAY_OPTIONS)
        options["unix_socket_directories"] = str(socket_folder)
        lines = "".join(f"{name} = '{value}'\n" for name, value in sorted(options.items()))
        self._write("tram-tuyen.conf", lines)
        self._write("pg_hba.conf", ACCESS)
        self._write("pg_ident.conf", f"owner {self.account.name} postgres\n")
        main = self.data / "postgresql.conf"
        include = "include 'tram-tuyen.conf'\n"
        if include not in main.read_text(encoding="utf-8"):
            with main.open("a", encoding="utf-8") as file:
                file.write(include)

    def _write(self, name: str, text: str) -> None:
        path = self.data / name
        write_private(path, text)
        os.chown(path, self.account.uid, self.account.gid)

    def _make_socket_folder(self) -> Path:
        """A short folder that only the account can enter: the last one again where it can be.

        Whoever was connected knows that address, so they find the server that was started again.
        """
        parent = "/run" if os.geteuid() == 0 else "/tmp"  # noqa: S108  mkdtemp makes it private
        try:
            folder = self.socket_folder()
            folder.mkdir(mode=0o700)  # fails where somebody else was quicker
        except OSError:
            folder = Path(tempfile.mkdtemp(prefix="tt-", dir=parent))
        if len(os.fsencode(folder / SOCKET_NAME)) > SOCKET_LIMIT:
            msg = f"Đường dẫn {folder} quá dài cho một socket (tối đa {SOCKET_LIMIT} byte)."
            raise ClusterError(msg)
        os.chown(folder, self.account.uid, self.account.gid)
        write_private(self.home / "socket_folder", str(folder))
        return folder

    def _drop_socket_folder(self) -> None:
        """The folder of a server that runs no more, and what a kill left in it."""
        if not (self.home / "socket_folder").exists():
            return
        with contextlib.suppress(OSError):
            for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
                (self.socket_folder() / name).unlink(missing_ok=True)
            self.socket_folder().rmdir()

    def _clear_after_kill(self) -> None:
        """After kill -9: wait for the server's children, then drop the files it left."""
        until = time.monotonic() + 10
        while (left := self._backends()) and time.monotonic() < until:
            time.sleep(0.1)
        processes.stop(left, grace_seconds=5)
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        self._drop_socket_folder()

    def _backends(self) -> list[int]:
        return [
            pid
            for pid in processes.process_ids()
            if processes.program(pid).startswith("postgres") and self._is_ours(pid)
        ]

    def _provision(self, programs: Path) -> None:
        """Both roles (no superuser), PostGIS in the template, the database."""
        made = self.query(programs, KNOWS_DATABASE).strip()
        lost = [role for role, name in PASSWORD_FILES.items() if not (self.home / name).exists()]
        if made and not lost:
            return
        self.query(programs, CREATE_ROLES)
        for role in lost:
            secret = secrets.token_urlsafe(24)
            write_private(self.home / PASSWORD_FILES[role], secret)
            self.query(programs, f"ALTER ROLE {role} PASSWORD '{secret}'")
        self.query(programs, PREPARE_TEMPLATE, database="template1")
        if not made:
            self.query(programs, f"CREATE DATABASE {DATABASE} OWNER {OWNER}")

    def _run_pg_ctl(self, programs: Path, action: str, *options: str) -> None:
        command = [str(programs / "pg_ctl"), action, "-s", "-w", "-D", str(self.data), *options]
        try:
            self._run(command)
        except ClusterError as error:
            msg = f"PostgreSQL riêng không {action} được.\n{error}\n{self._last_words()}"
            raise ClusterError(msg) from error

    def _last_words(self) -> str:
        if not self.log.exists():
            return ""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join([f"Xem {self.log}; cuối tệp:", *lines[-8:]])

    def _run(self, command: list[str], text: str = "") -> str:
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.home)}
        # A server that pg_ctl starts keeps the output open, so it goes to a file, not to a pipe.
        with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
            done = subprocess.run(
                command,
                input=text,
                stdout=said,
                stderr=said,
                text=True,
                cwd=self.home,
                env=environment,
                check=False,
                **self.account.identity(),
            )
            said.seek(0)
            output = said.read()
        if done.returncode:
            raise ClusterError(re.sub(r"\s*$", "", output))
        return output


def other_major_sentence(data: Path, wanted: int, here: list[int]) -> str:
    """Why data of another major version is not touched, and the three ways on."""
    return (
        f"Dữ liệu trong {data} do PostgreSQL {wanted} tạo ra; máy này chỉ có PostgreSQL"
        f" {', '.join(map(str, here))}. Không có gì bị xóa.\n"
        f"  Cách 1: cài lại phiên bản cũ: apt-get install postgresql-{wanted}-postgis-3\n"
        "  Cách 2: chuyển dữ liệu sang phiên bản mới theo docs/operations.md, mục “Nâng cấp”\n"
        "  Cách 3: đặt biến DATABASE_URL để dùng một PostGIS khác"
    )
