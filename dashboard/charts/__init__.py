"""Frame in, Plotly figure out: no page, no query, no session."""
