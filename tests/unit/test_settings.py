"""The settings: read once, typed, and every mistake answered with one clear sentence."""

from __future__ import annotations

import dataclasses
import re
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from backchat.settings import SETTINGS, Settings, SettingsError, SettingSpec

DOCS = Path(__file__).parents[2] / "docs" / "settings.md"

SLACK = {"BACKCHAT_SLACK_BOT_TOKEN": "xoxb-1", "BACKCHAT_SLACK_SIGNING_SECRET": "shh"}
TELEGRAM = {
    "BACKCHAT_TELEGRAM_TOKEN": "123:ABC",
    "BACKCHAT_TELEGRAM_WEBHOOK_URL": "https://bot.example/webhooks/telegram/webhook",
    "BACKCHAT_TELEGRAM_WEBHOOK_SECRET": "s3cret",
}


def read(**variables: str) -> Settings:
    return Settings.from_environment({f"BACKCHAT_{key}": text for key, text in variables.items()})


def mistake(**variables: str) -> str:
    with pytest.raises(SettingsError) as refusal:
        read(**variables)
    return str(refusal.value)


class TestDefaults:
    def test_nothing_needs_to_be_set(self) -> None:
        settings = Settings.from_environment({"PATH": "/bin", "HOME": "/home/someone"})

        assert (settings.host, settings.port) == ("127.0.0.1", 5005)
        assert settings.database_url == "sqlite:///var/records.sqlite3"
        assert settings.tracker_url == "sqlite:///var/tracker.sqlite3"
        assert settings.session_minutes == 60
        assert settings.retention_days == 365
        assert settings.allowed_origins == ()
        assert settings.trusted_proxies == ()
        assert settings.action_url == ()
        assert settings.timezone.key == "UTC"
        assert settings.region is None
        assert settings.env == "production"
        for unset in (
            settings.redis_url,
            settings.contact,
            settings.metrics_port,
            settings.slack,
            settings.telegram,
            settings.test_now,
        ):
            assert unset is None

    @pytest.mark.parametrize("spec", SETTINGS, ids=lambda spec: spec.name)
    def test_an_empty_variable_counts_as_unset(self, spec: SettingSpec) -> None:
        assert Settings.from_environment({spec.name: "  "}) == Settings.from_environment({})

    def test_settings_cannot_be_changed(self) -> None:
        with pytest.raises(dataclasses.FrozenInstanceError):
            read().port = 1  # type: ignore[misc]


class TestReading:
    def test_numbers_are_numbers(self) -> None:
        settings = read(PORT="8080", SESSION_MINUTES="5", RETENTION_DAYS="30", METRICS_PORT="9000")

        assert (settings.port, settings.session_minutes) == (8080, 5)
        assert (settings.retention_days, settings.metrics_port) == (30, 9000)

    def test_origins_are_written_as_browsers_write_them(self) -> None:
        settings = read(
            ALLOWED_ORIGINS="https://Clinic.Example:443/, http://localhost:8000,,http://[::1]:80"
        )

        assert settings.allowed_origins == (
            "https://clinic.example",
            "http://localhost:8000",
            "http://[::1]",
        )

    def test_proxies_are_addresses_and_networks(self) -> None:
        settings = read(TRUSTED_PROXIES="10.0.0.0/8, 192.0.2.1, ::1")

        assert settings.trusted_proxies == (
            ip_network("10.0.0.0/8"),
            ip_network("192.0.2.1/32"),
            ip_network("::1/128"),
        )
        assert ip_address("10.1.2.3") in settings.trusted_proxies[0]

    def test_a_region_is_a_code_in_capitals(self) -> None:
        assert read(REGION="gb").region == "GB"

    def test_a_timezone_is_one(self) -> None:
        timezone = read(TIMEZONE="America/New_York").timezone

        assert datetime(2026, 1, 1, 12, tzinfo=UTC).astimezone(timezone).hour == 7

    @pytest.mark.parametrize(
        ("hours", "moment", "quiet"),
        [
            ("22:00-08:00", "22:00", True),
            ("22:00-08:00", "23:59", True),
            ("22:00-08:00", "00:00", True),
            ("22:00-08:00", "07:59", True),
            ("22:00-08:00", "08:00", False),
            ("22:00-08:00", "21:59", False),
            ("12:00 - 14:30", "12:00", True),
            ("12:00 - 14:30", "14:30", False),
            ("12:00 - 14:30", "11:59", False),
        ],
    )
    def test_quiet_hours_may_span_midnight(self, hours: str, moment: str, quiet: bool) -> None:
        assert (time.fromisoformat(moment) in read(QUIET_HOURS=hours).quiet_hours) is quiet

    @pytest.mark.parametrize(
        "url",
        [
            "sqlite:////srv/my records.sqlite3",
            "postgresql://user:pa55@db.example:5432/records",
            "postgresql+psycopg2://user@/records?host=/run/postgresql",
        ],
    )
    def test_the_records_may_be_in_a_file_or_on_postgresql(self, url: str) -> None:
        assert read(DATABASE_URL=url).database_url == url

    def test_slack_and_telegram_are_read_as_groups(self) -> None:
        settings = Settings.from_environment({**SLACK, **TELEGRAM})

        assert settings.slack is not None
        assert (settings.slack.bot_token, settings.slack.signing_secret) == ("xoxb-1", "shh")
        assert settings.slack.api_url == "https://slack.com/api/"
        assert settings.telegram is not None
        assert settings.telegram.token == "123:ABC"
        assert settings.telegram.webhook_url.endswith("/webhooks/telegram/webhook")
        assert settings.telegram.webhook_secret == "s3cret"
        assert settings.telegram.api_url == "https://api.telegram.org"

    def test_the_clock_can_be_moved_in_tests(self) -> None:
        settings = read(ENV="test", TEST_NOW="2026-11-23T12:00:00+00:00")

        assert settings.test_now == datetime(2026, 11, 23, 12, tzinfo=UTC)

    def test_a_file_may_hold_the_moment(self) -> None:
        assert read(ENV="test", TEST_NOW="/a/file").test_now == Path("/a/file")


class TestMistakes:
    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("HOST", "http://localhost"),
            ("HOST", "a b"),
            ("PORT", "0"),
            ("PORT", "65536"),
            ("PORT", "http"),
            ("PORT", "-1"),
            ("PORT", "5005.0"),
            ("PORT", "٣"),
            ("PORT", "tcp://10.0.0.1:5005"),
            ("METRICS_PORT", "99999"),
            ("SESSION_MINUTES", "0"),
            ("SESSION_MINUTES", "1h"),
            ("RETENTION_DAYS", "0"),
            ("ACTION_URL", "localhost:5055"),
            ("ACTION_URL", "http://localhost:99999"),
            ("ALLOWED_ORIGINS", "*"),
            ("ALLOWED_ORIGINS", "https://*.example"),
            ("ALLOWED_ORIGINS", "https://clinic.example/page"),
            ("ALLOWED_ORIGINS", "clinic.example"),
            ("ALLOWED_ORIGINS", "https://clinic.example,ftp://clinic.example"),
            ("TRUSTED_PROXIES", "proxy.example"),
            ("TRUSTED_PROXIES", "10.0.0.1/8"),
            ("CONTACT", "x" * 201),
            ("CONTACT", "two\nlines"),
            ("QUIET_HOURS", "22-8"),
            ("QUIET_HOURS", "22:00-25:00"),
            ("QUIET_HOURS", "22:00-22:00"),
            ("REGION", "USA"),
            ("REGION", "UK"),
            ("REGION", "1"),
            ("TIMEZONE", "Berlin"),
            ("TIMEZONE", "Europe"),
            ("TIMEZONE", "../etc/passwd"),
            ("SLACK_API_URL", "slack.com"),
            ("ENV", "staging"),
            ("TEST_NOW", "2026-11-23T12:00:00"),
            ("TEST_NOW", "noon"),
        ],
    )
    def test_one_sentence_names_the_variable_its_value_and_what_is_allowed(
        self, name: str, text: str
    ) -> None:
        said = mistake(**{name: text})

        allowed = next(spec.allowed for spec in SETTINGS if spec.name == f"BACKCHAT_{name}")
        assert said == f"BACKCHAT_{name} is {text!r}, but must be {allowed}."

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("DATABASE_URL", "mysql://user:pa55@host/db"),
            ("DATABASE_URL", "sqlite:///:memory:"),
            ("DATABASE_URL", "records.sqlite3"),
            ("TRACKER_URL", "postgresql:user:pa55@host"),
            ("REDIS_URL", "http://:pa55@host"),
            ("SECRET", "pa55"),
            ("SLACK_BOT_TOKEN", "pa55 word"),
            ("TELEGRAM_TOKEN", "pa55"),
            ("TELEGRAM_WEBHOOK_SECRET", "pa55!"),
        ],
    )
    def test_a_confidential_value_is_not_repeated(self, name: str, text: str) -> None:
        said = mistake(**{name: text})

        assert said.startswith(f"BACKCHAT_{name} is a value that is not shown here, but must be ")
        assert text not in said
        assert "pa55" not in said

    def test_a_misspelt_setting_is_not_a_silent_one(self) -> None:
        assert mistake(REGOIN="US") == (
            "BACKCHAT_REGOIN is not a setting: did you mean BACKCHAT_REGION?"
        )

    def test_a_setting_like_no_other_points_to_the_list(self) -> None:
        assert mistake(XYZZY="1") == (
            "BACKCHAT_XYZZY is not a setting: docs/settings.md lists all settings."
        )

    def test_the_clock_cannot_be_moved_outside_tests(self) -> None:
        said = mistake(TEST_NOW="2026-11-23T12:00:00+00:00")

        assert said.startswith(
            "BACKCHAT_TEST_NOW is '2026-11-23T12:00:00+00:00', but must be unset"
        )

    def test_metrics_need_a_port_of_their_own(self) -> None:
        assert "BACKCHAT_METRICS_PORT is '5005'" in mistake(METRICS_PORT="5005")

    def test_the_tracker_needs_a_file_of_its_own(self) -> None:
        url = "sqlite:///var/one.sqlite3"

        assert "BACKCHAT_TRACKER_URL" in mistake(DATABASE_URL=url, TRACKER_URL=url)

    def test_on_postgresql_they_may_share_a_database(self) -> None:
        url = "postgresql://host/backchat"

        assert read(DATABASE_URL=url, TRACKER_URL=url).tracker_url == url

    @pytest.mark.parametrize("group", [SLACK, TELEGRAM], ids=["slack", "telegram"])
    def test_half_a_channel_is_a_mistake(self, group: dict[str, str]) -> None:
        for left_out in group:
            half = {name: text for name, text in group.items() if name != left_out}
            with pytest.raises(SettingsError, match=f"needs {left_out} to be set"):
                Settings.from_environment(half)


class TestSecret:
    def test_a_given_secret_is_used_and_nothing_is_written(self, tmp_path: Path) -> None:
        path = tmp_path / "secret"

        assert read(SECRET="s" * 32).secret(path) == "s" * 32
        assert not path.exists()

    def test_a_made_secret_is_kept_for_its_owner_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "var" / "secret"

        secret = read().secret(path)

        assert re.fullmatch("[0-9a-f]{64}", secret)
        assert read().secret(path) == secret
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert [file.name for file in path.parent.iterdir()] == ["secret"]

    def test_every_installation_has_its_own(self, tmp_path: Path) -> None:
        assert read().secret(tmp_path / "a") != read().secret(tmp_path / "b")

    def test_processes_that_start_together_agree(self, tmp_path: Path) -> None:
        path = tmp_path / "var" / "secret"
        with ThreadPoolExecutor(8) as pool:
            found = set(pool.map(lambda _: read().secret(path), range(32)))

        assert len(found) == 1

    @pytest.mark.parametrize("held", ["", "short", "é" * 40])
    def test_a_spoilt_file_is_a_mistake(self, held: str, tmp_path: Path) -> None:
        path = tmp_path / "secret"
        path.write_text(held, encoding="utf-8")

        with pytest.raises(SettingsError, match="delete it to have it made again"):
            read().secret(path)

    def test_a_file_that_cannot_be_used_is_a_mistake(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError, match="BACKCHAT_SECRET is unset"):
            read().secret(tmp_path)

    def test_nothing_confidential_is_printed(self) -> None:
        values = {
            "BACKCHAT_SECRET": "pa55" * 8,
            "BACKCHAT_DATABASE_URL": "postgresql://u:pa55@host/a",
            "BACKCHAT_TRACKER_URL": "postgresql://u:pa55@host/b",
            "BACKCHAT_REDIS_URL": "redis://:pa55@host",
            "BACKCHAT_SLACK_BOT_TOKEN": "pa55",
            "BACKCHAT_SLACK_SIGNING_SECRET": "pa55",
            "BACKCHAT_TELEGRAM_TOKEN": "1:pa55",
            "BACKCHAT_TELEGRAM_WEBHOOK_SECRET": "pa55",
        }
        assert set(values) == {spec.name for spec in SETTINGS if spec.confidential}
        values["BACKCHAT_TELEGRAM_WEBHOOK_URL"] = TELEGRAM["BACKCHAT_TELEGRAM_WEBHOOK_URL"]

        settings = Settings.from_environment(values)

        assert "pa55" not in repr((settings, settings.slack, settings.telegram))


class TestDocumentation:
    def test_names_are_listed_once(self) -> None:
        names = [spec.name for spec in SETTINGS]

        assert len(set(names)) == len(names)
        assert all(re.fullmatch("BACKCHAT_[A-Z_]+", name) for name in names)

    @pytest.mark.parametrize("spec", SETTINGS, ids=lambda spec: spec.name)
    def test_every_setting_is_documented_as_it_is(self, spec: SettingSpec) -> None:
        default = f"`{spec.default}`" if spec.default else "unset"
        row = f"| `{spec.name}` | {spec.doc} | {spec.allowed} | {default} |"

        assert row in DOCS.read_text("utf-8").splitlines()

    def test_nothing_else_is_documented(self) -> None:
        documented = set(re.findall(r"BACKCHAT_[A-Z_]*[A-Z]", DOCS.read_text("utf-8")))

        assert documented == {spec.name for spec in SETTINGS}
