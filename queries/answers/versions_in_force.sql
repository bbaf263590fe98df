-- Which reports are in force on a day of knowledge?
-- Grain:  one row per kind, period and as_of.
-- Unit:   period is ISO text, empty for snapshots of many billing periods.
-- Params: $known_on (date).
-- Reads:  marts.version.
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
    covers_history
from marts.version
where known_from <= $known_on and known_until > $known_on
order by kind, as_of, period
