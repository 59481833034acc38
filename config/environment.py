"""环境变量: what an office sets outside the code; secrets come from here and from nowhere else."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

BASE = Path(__file__).resolve().parent.parent


def text(name: str, default: str = "") -> str:
    """The variable ``GONGKAI_<name>``."""
    return os.environ.get(f"GONGKAI_{name}", default)


def flag(name: str, *, default: bool = False) -> bool:
    """A yes-or-no variable: ``1``, ``true`` and ``yes`` are yes."""
    return text(name, "1" if default else "0").lower() in ("1", "true", "yes")


def words(name: str, default: str = "") -> list[str]:
    """A list parted by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def origins(name: str) -> list[str]:
    """The origins of the addresses in a variable: ``https://host:port`` without any path."""
    return [f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, words(name))]


def secret_key() -> str:
    """GONGKAI_SECRET_KEY, or a key of this copy's own, made once and kept in ``var/``."""
    given = text("SECRET_KEY")
    if given:
        return given
    kept = BASE / "var" / "secret_key"
    kept.parent.mkdir(exist_ok=True)
    if not kept.exists():
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(os.urandom(48).hex())
        with suppress(FileExistsError):  # of two processes that start together only one wins
            os.link(fresh, kept)
        fresh.unlink()
    return kept.read_text().strip()


def database() -> dict[str, Any]:
    """GONGKAI_DATABASE as Django wants it: ``sqlite:///path`` or ``postgresql://user:word@host:port/name``."""
    address = text("DATABASE", "sqlite:///var/gongkai.sqlite3")
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": BASE / unquote(parts.path.removeprefix("/")),
            "CONN_MAX_AGE": 60,  # opening the file and its pragmas takes longer than most queries
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    if parts.scheme in ("postgresql", "postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": parts.port or "",
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": "-c jit=off"},  # short queries: compiling them takes longer than running
        }
    raise ValueError(f"GONGKAI_DATABASE 只支持 sqlite:/// 和 postgresql://，读到的是 {parts.scheme or '空'}")
