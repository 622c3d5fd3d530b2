""".env.example documents exactly the variables that the application and compose.yaml read."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ_BY_CODE = re.compile(r'env\.(?:text|boolean|integer|words)\(\s*"([A-Z_]+)"')
READ_BY_COMPOSE = re.compile(r"\$\{([A-Z_]+)")
DOCUMENTED = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _read_by_code() -> set[str]:
    found = {"DATABASE_URL"}
    for path in (ROOT / "infra").rglob("*.py"):
        found |= set(READ_BY_CODE.findall(path.read_text(encoding="utf-8")))
    return found


def test_every_variable_that_is_read_is_documented() -> None:
    read = _read_by_code() | set(READ_BY_COMPOSE.findall(_text("compose.yaml")))
    assert read - set(DOCUMENTED.findall(_text(".env.example"))) == set()


def test_every_documented_variable_is_read() -> None:
    read = _read_by_code() | set(READ_BY_COMPOSE.findall(_text("compose.yaml")))
    assert set(DOCUMENTED.findall(_text(".env.example"))) - read == set()


def test_no_variable_is_documented_twice() -> None:
    names = DOCUMENTED.findall(_text(".env.example"))
    assert sorted(names) == sorted(set(names))
