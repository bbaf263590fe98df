"""How far published places reflect performance: intervals, funnel limits, sets of ranks, drawn places."""
