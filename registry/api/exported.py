"""Which lists of the register and of casework can be taken away in bulk: the same rows, the same words."""

from registry.api.register import organisations, reading, shapes
from registry.exports.kinds import Kind

ORGANISATIONS = Kind(
    ability=organisations.ABILITY,
    query=shapes.OrganisationQuery,
    item=shapes.OrganisationTold,
    rows=reading.rows,
    shape=reading.shape,
    names=reading.KEY,
)
