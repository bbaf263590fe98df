-- Which received figures did no mart take up, or take up twice?
-- Grain:  one row per offending submission.
-- Unit:   counts of figures.
-- Params: none.
-- Reads:  ledger.submission, marts.figure.
select
    s.submission_id,
    s.figure_count,
    count(f.submission_id) as figures_in_mart
from ledger.submission as s
left join marts.figure as f on s.submission_id = f.submission_id and f.stretch = 1
where s.outcome != 'refused'
group by s.submission_id, s.figure_count
having count(f.submission_id) != s.figure_count
