"""What the picture of an exhibit says of itself: enough to stand as evidence without its page."""

from collections.abc import Sequence

from dashboard.charts.picture import Caption
from dashboard.domain import chart_words, words
from dashboard.domain.counties import County
from dashboard.exhibits.exhibit import Source


def caption(
    subject: str,
    lines: Sequence[str],
    sources: Sequence[Source],
    notes: Sequence[str],
    county: County | None,
    is_series: bool = False,
) -> Caption:
    """Put the cut-off date above `lines`, and below the drawing `notes` after the source reports.

    Of a series it is that of the newest figures.
    """
    as_of = sources[0].as_of
    dated = words.newest_as_of_line if is_series else words.as_of_line
    return Caption(
        subject=subject,
        lines=(dated(as_of), *(line for line in lines if line)),
        small=(*map(_quoted, sources), *notes),
        badge=chart_words.SIMULATED_BADGE if any(source.is_simulated for source in sources) else "",
        file_name=chart_words.picture_name(subject, as_of, [county.name] if county else []),
    )


def _quoted(source: Source) -> str:
    dates = source.issued_on, source.received_on
    return chart_words.source(source.kind, source.as_of, dates, source.submission_id)
