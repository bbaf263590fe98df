"""Run the dashboard's command line and note every few milliseconds what its busy threads are doing.

    python tests/bench/sampled.py profile.json serve --data-dir …

A profiler that counts calls would slow the small functions down and miss the threads that pages run in. What each
function took, itself and with all it called, is written when the process is asked to end (SIGTERM).
"""

import collections
import json
import signal
import sys
import threading
import time
from pathlib import Path
from types import FrameType

EVERY_SECONDS = 0.002
WAITING = ("threading.py", "selectors.py", "queue.py", "socket.py", "runners.py", "thread.py", "base_events.py")
"""Files whose functions wait: a thread that stands in one is not busy."""


class Sampler:
    """Counts, for every function, the samples that saw it at work and those that saw it anywhere below."""

    def __init__(self) -> None:
        self._itself: collections.Counter[str] = collections.Counter()
        self._with_callees: collections.Counter[str] = collections.Counter()
        self._samples = 0

    def run(self) -> None:
        me = threading.get_ident()
        while True:
            time.sleep(EVERY_SECONDS)
            for thread, frame in sys._current_frames().items():
                if thread != me and not frame.f_code.co_filename.endswith(WAITING):
                    self._count(frame)

    def _count(self, frame: FrameType | None) -> None:
        assert frame is not None
        self._samples += 1
        self._itself[_name(frame)] += 1
        seen = set()
        while frame is not None:
            seen.add(_name(frame))
            frame = frame.f_back
        self._with_callees.update(seen)

    def write(self, path: Path, most: int = 60) -> None:
        form = {
            "samples": self._samples,
            "seconds": EVERY_SECONDS * self._samples,
            "itself": self._itself.most_common(most),
            "with_callees": self._with_callees.most_common(most),
        }
        path.write_text(json.dumps(form, indent=1), encoding="utf-8")


def _name(frame: FrameType) -> str:
    return f"{'/'.join(Path(frame.f_code.co_filename).parts[-3:])}:{frame.f_code.co_name}"


def main(output: Path, arguments: list[str]) -> int:
    from dashboard.__main__ import main as dashboard

    sampler = Sampler()
    threading.Thread(target=sampler.run, name="sampler", daemon=True).start()
    try:
        return dashboard(arguments)
    finally:
        sampler.write(output)


if __name__ == "__main__":
    # The server answers SIGTERM by ending in order; before it listens, nothing does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
