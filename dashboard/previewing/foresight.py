"""Going through a batch before it is received: each file is told what it would change after those before it."""

import dataclasses

from dashboard.candidates import Candidate
from dashboard.docket import Docket
from dashboard.previewing.cells import changes, no_changes
from dashboard.previewing.preview import Preview
from dashboard.previewing.standings import Standings
from dashboard.warehouse import Warehouse


class Foresight:
    """What is in, as one warehouse and the journal have it, and the files of a batch seen so far."""

    def __init__(self, docket: Docket, db: Warehouse) -> None:
        self._docket = docket
        self._standings = Standings(db)

    def of(self, candidate: Candidate) -> Preview:
        """Preview the next file of a batch."""
        if twin := self._docket.twin(candidate):
            judged = dataclasses.replace(candidate, findings=())
            return Preview(self._noted(candidate, judged), no_changes(), (), twin, not self._docket.is_in(twin))
        judged = self._docket.judged(candidate)
        seen = self._noted(judged, judged)
        if judged.is_past_asking:
            return Preview(seen, no_changes(), ())
        changed = changes(self._docket, judged)
        self._docket.entered(judged, even_asking=True)
        return Preview(seen, changed, self._standings.after(judged.reading.kind, changed.coming))

    def _noted(self, candidate: Candidate, judged: Candidate) -> Candidate:
        return dataclasses.replace(candidate, foreseen=self._docket.outlook(judged))
