-- Which versions of the reports were ever in force, and on which day did each come in?
-- Grain:  one row per accepted version of a kind, period and as_of that was in force for a day at least.
-- Unit:   period is ISO text, empty for snapshots of many billing periods; withdrawn_on is null and
--         withdrawal_reason empty where it was not withdrawn by that day.
-- Params: $known_on (date).
-- Reads:  marts.version.
select distinct
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
    case when withdrawn_on <= $known_on then withdrawn_on end as withdrawn_on,
    case when withdrawn_on <= $known_on then withdrawal_reason else '' end as withdrawal_reason
from marts.version
where known_from <= $known_on and known_until > known_from
order by received_on, kind, as_of, period
