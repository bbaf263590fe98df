-- Which submission's figures are in force on which days of knowledge?
-- Grain:  one row per accepted submission and slice (kind, period, as_of) it covers.
-- Unit:   in force from known_from up to, but not on, known_until; never in force where known_until is not later.
-- Params: none.
-- Reads:  ledger.slice, ledger.submission.
with accepted as (
    select
        s.kind,
        slice.period,
        slice.as_of,
        s.submission_id,
        s.issued_on,
        s.received_on,
        s.file_name,
        s.is_simulated,
        s.is_correction,
        s.correction_reason,
        s.covers_history
    from ledger.slice as slice
    inner join ledger.submission as s on slice.submission_id = s.submission_id
    where s.outcome != 'refused'
)

-- The version in force has the highest (issued_on, submission) of those received: any later issue ends it on receipt.
select
    kind,
    period,
    as_of,
    submission_id,
    issued_on,
    received_on,
    file_name,
    is_simulated,
    is_correction,
    correction_reason,
    covers_history,
    received_on as known_from,
    coalesce(
        min(received_on) over (
            partition by kind, period, as_of
            order by issued_on, submission_id
            rows between 1 following and unbounded following
        ),
        date '9999-12-31'
    ) as known_until
from accepted
