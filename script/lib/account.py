"""The operating-system account that runs PostgreSQL, which refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Account:
    """One account of this machine."""

    name: str
    uid: int
    gid: int

    @classmethod
    def of(cls, uid: int) -> "Account":
        """The account with this number."""
        entry = pwd.getpwuid(uid)
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    def identity(self) -> dict[str, Any]:
        """What `subprocess` needs to run a command as this account."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def may_enter(self, folder: Path) -> bool:
        """Whether this account can pass through the folder and all above it."""
        test = subprocess.run(["test", "-x", str(folder)], check=False, cwd="/", **self.identity())
        return test.returncode == 0


def account_for(home: Path) -> Account:
    """Who runs the cluster in this folder: its owner, else ourselves, else (as root) `postgres`.

    Raises KeyError when root finds no account of that name.
    """
    if home.exists() and home.stat().st_uid not in {0, os.geteuid()}:
        return Account.of(home.stat().st_uid)
    if os.geteuid() != 0:
        return Account.of(os.geteuid())
    return Account.of(pwd.getpwnam("postgres").pw_uid)
