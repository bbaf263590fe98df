"""The journal of what is handed in."""

from alembic import op

revision = "1"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "create table if not exists journal (seq integer not null, body text not null, "
        "previous_hash varchar(64) not null, hash varchar(64) not null, primary key (seq), unique (hash))"
    )
