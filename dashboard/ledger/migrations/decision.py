"""The chain of what people decide, beside the journal."""

from alembic import op

revision = "2"
down_revision = "1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "create table if not exists decision (seq integer not null, body text not null, "
        "previous_hash varchar(64) not null, hash varchar(64) not null, primary key (seq), unique (hash))"
    )
