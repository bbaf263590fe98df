"""How fresh the figures of an exhibit are, stream by stream: up to which day they reach and when they came in."""

from dashboard.domain import duty_words
from dashboard.exhibits.exhibit import Exhibit, Source


def lines(shown: Exhibit) -> tuple[str, ...]:
    """Return one line per stream of reports, of the newest one shown; none below an exhibit that already says it."""
    if shown.shown_with:
        return ()
    newest: dict[str, Source] = {}
    for source in shown.sources:
        known = newest.get(source.kind)
        if known is None or source.as_of > known.as_of:
            newest[source.kind] = source
    return tuple(duty_words.fresh(one.kind, one.as_of, one.received_on) for one in newest.values())
