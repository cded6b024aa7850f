#!/usr/bin/env python3
"""The two commands of a fresh machine: ``demo`` and ``test``. Python 3.11 or later, standard library only.

python3 dev.py demo [--port 8000]     packages, database, sample content, worker and server
python3 dev.py test [pytest words]    packages, then the suite (SQLite, or what DATABASE_URL names)

``--wagtail8`` after either word uses a second environment with Wagtail 8, on the newest Python found.
"""

import argparse
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOWEST, HIGHEST = (3, 11), (3, 14)
WINDOWS = os.name == "nt"
ASK_VERSION = "import sys, venv, ensurepip; print(*sys.version_info[:2])"


def main() -> int:
    if sys.version_info < LOWEST:
        return say(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
    words = sys.argv[1:]
    if not words or words[0] not in ("demo", "test"):
        return say(__doc__)
    command, rest = words[0], words[1:]
    (ROOT / "var/static").mkdir(parents=True, exist_ok=True)
    second = "--wagtail8" in rest
    rest = [word for word in rest if word != "--wagtail8"]
    try:
        if command == "test":
            python = (
                environment(".venv-wagtail8", "wagtail8.txt") if second else environment(".venv", "test.txt")
            )
            return run(python, "-m", "pytest", *rest)
        port = demo_port(rest)
        python = environment(".venv-wagtail8", "wagtail8.txt") if second else environment(".venv", "base.txt")
        return demo(python, port)
    except subprocess.CalledProcessError as error:
        return error.returncode or 1
    except KeyboardInterrupt:
        return 130


def say(text: str) -> int:
    print(text.strip(), file=sys.stderr)
    return 2


def run(*words, check=False, **options) -> int:
    return subprocess.run([str(word) for word in words], cwd=ROOT, check=check, **options).returncode


# --- the environment ---------------------------------------------------------------------------------


def environment(folder: str, pins: str) -> Path:
    """The Python of ``folder`` with the packages of ``pins`` in it; a changed file installs again."""
    home, pins_file = ROOT / folder, ROOT / "requirements" / pins
    python = home / ("Scripts/python.exe" if WINDOWS else "bin/python")
    if not works(python):
        base = newest_python() if folder != ".venv" else usable_running_python()
        run(base, "-m", "venv", "--clear", home, check=True)
    stamp = home / f"pins-{pins}"
    wanted = hashlib.sha256(pins_file.read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"Installing the packages of requirements/{pins} into {folder} ...", flush=True)
        install(python, pins_file)
        stamp.write_text(wanted)
    return python


def install(python: Path, pins_file: Path) -> None:
    quiet = {
        **os.environ,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
    }
    pip = [python, "-m", "pip", "install", "-qq", "--require-hashes", "-r", pins_file]
    run(*pip, check=True, env=quiet, stdin=subprocess.DEVNULL)


def works(python: Path) -> bool:
    return python.exists() and version_of(python, "import sys; print(*sys.version_info[:2])") is not None


def version_of(python, question: str = ASK_VERSION):
    """(3, 13) for a Python that starts and, by default, can make an environment; else None."""
    try:
        answer = subprocess.run([str(python), "-c", question], capture_output=True, text=True, timeout=30)
        return tuple(int(part) for part in answer.stdout.split()) if answer.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def usable_running_python() -> str:
    if version_of(sys.executable) is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        sys.exit(
            f"This Python cannot make environments: its module venv or ensurepip is missing. "
            f"On Debian and Ubuntu add it with: apt install {package}"
        )
    return sys.executable


def newest_python() -> str:
    """The newest Python in our range on this machine that can make an environment."""
    names = [f"python3.{minor}" for minor in range(HIGHEST[1], LOWEST[1] - 1, -1)]
    candidates = [found for name in names if (found := shutil.which(name))]
    candidates += [str(path) for path in Path.home().glob(".pyenv/versions/*/bin/python")]
    candidates.append(sys.executable)
    versions = {path: version_of(path) for path in candidates}
    fitting = {path: found for path, found in versions.items() if found and LOWEST <= found <= HIGHEST}
    return max(fitting, key=fitting.get) if fitting else usable_running_python()


# --- the demo ----------------------------------------------------------------------------------------


def demo_port(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py demo")
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args(words).port
    with socket.socket() as probe:
        if not WINDOWS:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            sys.exit(f"Port {port} is not free. Choose another: python3 dev.py demo --port {port + 1}")
    return port


def demo(python: Path, port: int) -> int:
    """Prepare the data, then serve until Ctrl-C or until one of the three processes ends."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.demo"
    os.environ["DEMO_ADDRESS"] = f"http://localhost:{port}"
    manage = [python, ROOT / "manage.py"]
    print("Preparing the database and the sample content ...", flush=True)
    run(*manage, "migrate", "--verbosity", "0", "--no-input", check=True)
    run(*manage, "sync_roles", check=True, stdout=subprocess.DEVNULL)
    run(*manage, "load_demo", check=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    running = []
    try:
        running.append(start(*manage, "run_worker"))
        running.append(start(*manage, "db_worker"))
        running.append(start(*server(python, port)))
        print(
            f"\nOpen http://localhost:{port}/ and sign in as one of the people above. Ctrl-C ends.",
            flush=True,
        )
        return wait_for_first(running)
    finally:
        for process in running:
            stop(process)


def server(python: Path, port: int) -> list:
    if WINDOWS:
        return [python, ROOT / "manage.py", "runserver", "--insecure", "--noreload", f"127.0.0.1:{port}"]
    options = [
        "--chdir",
        ROOT,
        "--pythonpath",
        ROOT / "site",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
    ]
    return [python, "-m", "gunicorn", *options, "--log-level", "warning", "portal.wsgi:application"]


def start(*words) -> subprocess.Popen:
    return subprocess.Popen([str(word) for word in words], cwd=ROOT)


def wait_for_first(running: list) -> int:
    while True:
        for process in running:
            try:
                return process.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue


def stop(process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()


if __name__ == "__main__":
    sys.exit(main())
