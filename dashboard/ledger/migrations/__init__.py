"""How the ledger's database became what it is: one script per version of its schema, never edited once in use.

A script says in its own words what it makes, with nothing of the code of the day, and only adds: no record is
rewritten, so that the chains stay as they are. Tables that stand already, from before there were versions, are left
as they are.
"""
