"""What reading one file may cost."""

import dataclasses

from dashboard.domain.settings import Settings


@dataclasses.dataclass(frozen=True)
class Limits:
    """Cells, seconds of processor time and MiB of memory; of both so much for any file and more for each megabyte.

    A small file that wants much is a trap, a long history that wants much is not. Processor time, not the clock's: on
    a busy machine an honest file is not refused for having waited.
    """

    max_cells: int
    seconds: float
    seconds_per_mb: float
    memory_mb: int
    memory_mb_per_mb: int

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        return cls(
            settings.max_cells,
            settings.read_seconds,
            settings.read_seconds_per_mb,
            settings.read_memory_mb,
            settings.read_memory_mb_per_mb,
        )

    def cpu_seconds(self, size: int) -> float:
        """Return the processor time that a file of so many bytes may take."""
        return self.seconds + self.seconds_per_mb * size / 1_000_000

    def clock_seconds(self, size: int) -> float:
        """Return after how long a process that neither works nor answers is given up."""
        return 5 * self.cpu_seconds(size)

    def memory_bytes(self, size: int) -> int:
        """Return what the process may hold in all while it reads a file of so many bytes."""
        return self.memory_mb * 2**20 + self.memory_mb_per_mb * size * 2**20 // 1_000_000
