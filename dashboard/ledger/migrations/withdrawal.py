"""The journal may hold withdrawals. Its table stays as it is; code that does not know them must not read it."""

revision = "3"
down_revision = "2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Do nothing: the version is all that changes."""
