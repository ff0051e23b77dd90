"""The few ways this system says no. Raised by rules and actions, translated once at the edge."""


class Refusal(Exception):
    """A business rule said no.

    `reason` is for people (Chinese, plain), `code` for machines (stable, English), `clause` for the law
    (document and clause, e.g. "桂民发… 四（一）"), `field` names the form field or material it concerns,
    `way` is the page where the record is seen as it stands.
    """

    status = 422

    def __init__(self, reason: str, *, code: str, clause: str = "", field: str = "", way: str = "") -> None:
        super().__init__(reason)
        self.reason, self.code, self.clause, self.field, self.way = reason, code, clause, field, way


class NotAllowed(Refusal):
    """This person may not do this here."""

    status = 403


class OutOfTurn(Refusal):
    """The record is not, or no longer, in a state from which this can be done."""

    status = 409


class SignedOut(Refusal):
    """The session is over; the person signs in again."""

    status = 401
