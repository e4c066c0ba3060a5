"""The settings: environment variables named `BACKCHAT_…`, typed and checked once at start.

`SETTINGS` is the one list of them; `docs/settings.md` is checked against it. Every mistake is
answered with one sentence that names the variable, its value (unless it is confidential) and what
is allowed.
"""

from __future__ import annotations

import difflib
import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

PREFIX = "BACKCHAT_"
SECRET_FILE = Path("var/secret")
_SECRET = r"\S{32,}"
_DEFAULT_PORTS = {"http": 80, "https": 443}


class SettingsError(ValueError):
    """A setting is unknown, unreadable, or does not go with another one."""


@dataclass(frozen=True)
class QuietHours:
    """The part of the day, by the person's clock, in which nobody is written to unasked."""

    start: time
    end: time

    def __contains__(self, moment: time) -> bool:
        """Say whether a local time is quiet; the hours may span midnight, the end is not in."""
        if self.start < self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end


@dataclass(frozen=True)
class SlackSettings:
    """What the Slack channel needs."""

    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)
    api_url: str


@dataclass(frozen=True)
class TelegramSettings:
    """What the Telegram channel needs."""

    token: str = field(repr=False)
    webhook_url: str
    webhook_secret: str = field(repr=False)
    api_url: str


@dataclass(frozen=True)
class SettingSpec:
    """One setting: `parse` turns its text into a value or raises `ValueError`."""

    name: str
    doc: str
    allowed: str
    parse: Callable[[str], Any] = field(repr=False)
    default: str | None = None
    confidential: bool = False

    @property
    def attribute(self) -> str:
        """The name of the field of `Settings`."""
        return _attribute(self.name)

    def read(self, environ: Mapping[str, str]) -> Any:
        """Return the value from the environment, where an empty text counts as unset.

        Raises:
            SettingsError: the text is not allowed.
        """
        given = environ.get(self.name, "").strip()
        text = given or self.default
        if text is None:
            return None
        try:
            return self.parse(text)
        except ValueError:
            shown = "a value that is not shown here" if self.confidential else repr(given)
            raise SettingsError(f"{self.name} is {shown}, but must be {self.allowed}.") from None


def _attribute(name: str) -> str:
    return name.removeprefix(PREFIX).lower()


def _whole_number(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise ValueError
        return int(text)

    return parse


def _matching(pattern: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError
        return text

    return parse


def _address(text: str) -> str:
    return _matching(r"[A-Za-z0-9.\-]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")(text)


def _url(*schemes: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not parts.hostname or parts.port == 0 or " " in text:
            raise ValueError
        return text

    return parse


def _http_urls(text: str) -> tuple[str, ...]:
    return tuple(_url("http", "https")(item) for item in _items(text))


def _database_url(text: str) -> str:
    return _matching(r"sqlite:///(?!:memory:)[^?]+|postgresql(\+psycopg2)?://\S+")(text)


def _items(text: str) -> list[str]:
    return [item for item in (part.strip() for part in text.split(",")) if item]


def _origins(text: str) -> tuple[str, ...]:
    return tuple(_origin(item) for item in _items(text))


def _origin(text: str) -> str:
    """Return an origin in the form in which browsers send it."""
    parts = urlsplit(text.removesuffix("/").lower())
    bare = not (parts.path or parts.query or parts.fragment or parts.username)
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or not bare or "*" in text:
        raise ValueError
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(item) for item in _items(text))


def _line(text: str) -> str:
    if len(text) > 200 or not text.isprintable():
        raise ValueError
    return text


def _quiet_hours(text: str) -> QuietHours:
    match = re.fullmatch(r"(\d\d:\d\d)\s*-\s*(\d\d:\d\d)", text)
    if match is None:
        raise ValueError
    start, end = (time.fromisoformat(part) for part in match.groups())
    if start == end:
        raise ValueError
    return QuietHours(start, end)


def _region(text: str) -> str:
    region = text.upper()
    if not re.fullmatch(r"[A-Z]{2}", region) or region == "UK":
        raise ValueError
    return region


def _timezone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (OSError, LookupError):
        raise ValueError from None


def _moment_or_file(text: str) -> datetime | Path:
    if text.startswith("/"):
        return Path(text)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError
    return moment


_ADDRESS = "a host name or an IP address"
_PORT = "a whole number from 1 to 65535"
_DATABASE = "sqlite:///path/to/file or postgresql://user:password@host/name"
_HTTP = "a URL that begins with http:// or https://"

SETTINGS: tuple[SettingSpec, ...] = (
    SettingSpec(
        "BACKCHAT_HOST",
        "The address to listen on.",
        _ADDRESS,
        _address,
        default="127.0.0.1",
    ),
    SettingSpec(
        "BACKCHAT_PORT",
        "The port to listen on.",
        _PORT,
        _whole_number(1, 65535),
        default="5005",
    ),
    SettingSpec(
        "BACKCHAT_DATABASE_URL",
        "Where the records are kept: conversations, assessments, check-ins.",
        _DATABASE,
        _database_url,
        default="sqlite:///var/records.sqlite3",
        confidential=True,
    ),
    SettingSpec(
        "BACKCHAT_TRACKER_URL",
        "Where Rasa keeps the state of its dialogues; not the file of the records.",
        _DATABASE,
        _database_url,
        default="sqlite:///var/tracker.sqlite3",
        confidential=True,
    ),
    SettingSpec(
        "BACKCHAT_REDIS_URL",
        "Redis for locks, rate limits and pushes, needed by more than one server.",
        "a URL that begins with redis:// or rediss://",
        _url("redis", "rediss"),
        confidential=True,
    ),
    SettingSpec(
        "BACKCHAT_ACTION_URL",
        "Action servers, the whole webhook; without one the actions run inside the server.",
        "URLs like http://127.0.0.1:5055/webhook, separated by commas",
        _http_urls,
        default="",
    ),
    SettingSpec(
        "BACKCHAT_ALLOWED_ORIGINS",
        "Other sites that may embed the widget.",
        "origins like https://clinic.example, separated by commas, without a path or *",
        _origins,
        default="",
    ),
    SettingSpec(
        "BACKCHAT_TRUSTED_PROXIES",
        "Proxies whose X-Forwarded-For header is believed.",
        "IP addresses or networks like 10.0.0.0/8, separated by commas",
        _networks,
        default="",
    ),
    SettingSpec(
        "BACKCHAT_LIMIT_PER_PERSON",
        "How many messages one person may send in a minute, on any channel; 0 for any number.",
        "a whole number from 0 to 100000",
        _whole_number(0, 100_000),
        default="60",
    ),
    SettingSpec(
        "BACKCHAT_LIMIT_PER_ADDRESS",
        "How many requests may come from one address in a minute, and how many of its pages one "
        "server pushes to; 0 for any number.",
        "a whole number from 0 to 100000",
        _whole_number(0, 100_000),
        default="600",
    ),
    SettingSpec(
        "BACKCHAT_SECRET",
        "The key that signs cookies and tokens; made on the first run and kept in `var/secret`.",
        "at least 32 characters without spaces",
        _matching(_SECRET),
        confidential=True,
    ),
    SettingSpec(
        "BACKCHAT_SESSION_MINUTES",
        "Minutes of silence after which a conversation is over.",
        "a whole number from 1 to 1440",
        _whole_number(1, 1440),
        default="60",
    ),
    SettingSpec(
        "BACKCHAT_RETENTION_DAYS",
        "Days after which conversations are deleted.",
        "a whole number from 1 to 36500",
        _whole_number(1, 36500),
        default="365",
    ),
    SettingSpec(
        "BACKCHAT_CONTACT",
        "The human to turn to, as shown to people: a name, an address, a telephone number.",
        "one line of at most 200 characters",
        _line,
    ),
    SettingSpec(
        "BACKCHAT_REGION",
        "The country whose emergency number is given when the person's is unknown.",
        "an ISO 3166 code of two letters, like US or GB (not UK)",
        _region,
    ),
    SettingSpec(
        "BACKCHAT_TIMEZONE",
        "The time zone of people whose own is unknown.",
        "an IANA name like Europe/Berlin",
        _timezone,
        default="UTC",
    ),
    SettingSpec(
        "BACKCHAT_QUIET_HOURS",
        "When nobody is sent a check-in, by the person's clock.",
        "two different times of day like 22:00-08:00",
        _quiet_hours,
        default="22:00-08:00",
    ),
    SettingSpec(
        "BACKCHAT_METRICS_PORT",
        "The port that serves Prometheus metrics; without it none are served.",
        _PORT,
        _whole_number(1, 65535),
    ),
    SettingSpec(
        "BACKCHAT_METRICS_HOST",
        "The address at which metrics are served.",
        _ADDRESS,
        _address,
        default="127.0.0.1",
    ),
    SettingSpec(
        "BACKCHAT_LOG_FORMAT",
        "How the process log is written: lines for people, or JSON with a line for every turn.",
        "plain or json",
        _matching("plain|json"),
        default="plain",
    ),
    SettingSpec(
        "BACKCHAT_SLACK_BOT_TOKEN",
        "Slack's bot token; goes with BACKCHAT_SLACK_SIGNING_SECRET.",
        "a token without spaces, like xoxb-…",
        _matching(r"\S+"),
        confidential=True,
    ),
    SettingSpec(
        "BACKCHAT_SLACK_SIGNING_SECRET",
        "The secret with which Slack signs; goes with BACKCHAT_SLACK_BOT_TOKEN.",
        "a secret without spaces",
        _matching(r"\S+"),
        confidential=True,
    ),
    SettingSpec(
        "BACKCHAT_SLACK_API_URL",
        "Where Slack's API is.",
        _HTTP,
        _url("http", "https"),
        default="https://slack.com/api/",
    ),
    SettingSpec(
        "BACKCHAT_TELEGRAM_TOKEN",
        "Telegram's bot token; goes with the webhook's URL and secret.",
        "a token like 123456:ABC-DEF",
        _matching(r"[0-9]+:[A-Za-z0-9_\-]+"),
        confidential=True,
    ),
    SettingSpec(
        "BACKCHAT_TELEGRAM_WEBHOOK_URL",
        "The public URL at which Telegram reaches this server's Telegram webhook.",
        _HTTP,
        _url("http", "https"),
    ),
    SettingSpec(
        "BACKCHAT_TELEGRAM_WEBHOOK_SECRET",
        "What Telegram sends along with every update, to prove that it is Telegram.",
        "1 to 256 letters, digits, underscores or hyphens",
        _matching(r"[A-Za-z0-9_\-]{1,256}"),
        confidential=True,
    ),
    SettingSpec(
        "BACKCHAT_TELEGRAM_API_URL",
        "Where Telegram's API is.",
        _HTTP,
        _url("http", "https"),
        default="https://api.telegram.org",
    ),
    SettingSpec(
        "BACKCHAT_SEND_TIMEOUT",
        "Seconds after which a call to Slack or Telegram has failed and is tried again.",
        "a whole number from 1 to 60",
        _whole_number(1, 60),
        default="15",
    ),
    SettingSpec(
        "BACKCHAT_ENV",
        "`test` allows the settings that are only for tests.",
        "production or test",
        _matching("production|test"),
        default="production",
    ),
    SettingSpec(
        "BACKCHAT_TEST_NOW",
        "Moves now for conversations; refused unless BACKCHAT_ENV is test.",
        "a moment with its time zone, like 2026-11-23T12:00:00+00:00, or a file with one",
        _moment_or_file,
    ),
)

_GROUPS: tuple[tuple[str, ...], ...] = (
    ("BACKCHAT_SLACK_BOT_TOKEN", "BACKCHAT_SLACK_SIGNING_SECRET"),
    (
        "BACKCHAT_TELEGRAM_TOKEN",
        "BACKCHAT_TELEGRAM_WEBHOOK_URL",
        "BACKCHAT_TELEGRAM_WEBHOOK_SECRET",
    ),
)
"""Settings that are given together or not at all."""


@dataclass(frozen=True)
class Settings:
    """All settings of one process; make it with `Settings.from_environment`."""

    host: str
    port: int
    database_url: str = field(repr=False)
    tracker_url: str = field(repr=False)
    redis_url: str | None = field(repr=False)
    action_url: tuple[str, ...]
    allowed_origins: tuple[str, ...]
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...]
    limit_per_person: int
    limit_per_address: int
    session_minutes: int
    retention_days: int
    contact: str | None
    region: str | None
    timezone: ZoneInfo
    quiet_hours: QuietHours
    metrics_port: int | None
    metrics_host: str
    log_format: str
    slack_bot_token: str | None = field(repr=False)
    slack_signing_secret: str | None = field(repr=False)
    slack_api_url: str
    telegram_token: str | None = field(repr=False)
    telegram_webhook_url: str | None
    telegram_webhook_secret: str | None = field(repr=False)
    telegram_api_url: str
    send_timeout: int
    env: str
    test_now: datetime | Path | None
    given_secret: str | None = field(repr=False)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """Read and check all settings.

        Raises:
            SettingsError: the first mistake found.
        """
        _refuse_unknown(environ)
        values = {spec.attribute: spec.read(environ) for spec in SETTINGS}
        settings = cls(given_secret=values.pop("secret"), **values)
        settings._refuse_half_groups()
        settings._refuse_contradictions()
        return settings

    @property
    def slack(self) -> SlackSettings | None:
        """What the Slack channel needs; None if it is not to be loaded."""
        if self.slack_bot_token is None or self.slack_signing_secret is None:
            return None
        return SlackSettings(self.slack_bot_token, self.slack_signing_secret, self.slack_api_url)

    @property
    def telegram(self) -> TelegramSettings | None:
        """What the Telegram channel needs; None if it is not to be loaded."""
        token, url = self.telegram_token, self.telegram_webhook_url
        webhook_secret = self.telegram_webhook_secret
        if token is None or url is None or webhook_secret is None:
            return None
        return TelegramSettings(token, url, webhook_secret, self.telegram_api_url)

    def secret(self, path: Path = SECRET_FILE) -> str:
        """Return `BACKCHAT_SECRET`, or the secret kept in a file, made if it is not there yet.

        Processes that start together agree on one secret.

        Raises:
            SettingsError: the file holds no usable secret, or cannot be read or made.
        """
        if self.given_secret is not None:
            return self.given_secret
        try:
            if not path.exists():
                _keep_new_secret(path)
            return _matching(_SECRET)(path.read_text(encoding="ascii").strip())
        except OSError as error:
            raise SettingsError(
                f"BACKCHAT_SECRET is unset, and {path} cannot be used: {error.strerror}."
            ) from error
        except ValueError:
            raise SettingsError(
                f"BACKCHAT_SECRET is unset, and {path} does not hold at least 32 characters without"
                " spaces: delete it to have it made again."
            ) from None

    def _refuse_half_groups(self) -> None:
        for group in _GROUPS:
            missing = [name for name in group if getattr(self, _attribute(name)) is None]
            if 0 < len(missing) < len(group):
                given = " and ".join(name for name in group if name not in missing)
                raise SettingsError(f"{given} needs {' and '.join(missing)} to be set as well.")

    def _refuse_contradictions(self) -> None:
        if self.test_now is not None and self.env != "test":
            given = self.test_now
            shown = given.isoformat() if isinstance(given, datetime) else str(given)
            raise SettingsError(
                f"BACKCHAT_TEST_NOW is {shown!r}, but must be unset unless BACKCHAT_ENV is test."
            )
        if self.metrics_port == self.port:
            raise SettingsError(
                f"BACKCHAT_METRICS_PORT is '{self.metrics_port}', but must differ from"
                " BACKCHAT_PORT."
            )
        if self.tracker_url == self.database_url and self.database_url.startswith("sqlite:"):
            raise SettingsError(
                "BACKCHAT_TRACKER_URL is the file of BACKCHAT_DATABASE_URL, but must be another"
                " one."
            )


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    known = [spec.name.removeprefix(PREFIX) for spec in SETTINGS]
    for name in sorted(environ):
        if name.startswith(PREFIX) and name.removeprefix(PREFIX) not in known:
            near = difflib.get_close_matches(name.removeprefix(PREFIX), known, n=1)
            hint = (
                f"did you mean {PREFIX}{near[0]}?"
                if near
                else "docs/settings.md lists all settings."
            )
            raise SettingsError(f"{name} is not a setting: {hint}")


def _keep_new_secret(path: Path) -> None:
    """Write a new secret that only its owner can read, unless another process was faster."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
