"""Which lists of supervision can be taken away in bulk."""

from registry.exports.kinds import Kind
from supervision.api import judgements, shapes

JUDGEMENTS = Kind(
    ability=judgements.ABILITY,
    query=shapes.JudgementQuery,
    item=shapes.JudgementTold,
    rows=judgements.rows,
    shape=lambda row, user: judgements.shape(row),
    names=judgements.KEY,
)
