"""A question that comes a thousand times a minute: its SQL is written once a process, then only its values change.

The statement is written by the ORM from a queryset in which `Slot`s stand where values will be; the rows come back as
dicts through the ORM's own converters. So there is one source of what a list shows, and no SQL by hand.
"""

from collections.abc import Mapping
from typing import Any, Self

from django.db import connection
from django.db.models import Expression, Field, QuerySet


class Slot(Expression):
    """A value that is not known yet, of the kind of a column."""

    def __init__(self, name: str, field: Field) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def value(self, known: Mapping[str, Any]) -> Any:
        """What the database is sent."""
        return self.output_field.get_db_prep_value(known[self.name], connection)


class Statement:
    """A queryset of `values()` as text."""

    def __init__(self, rows: QuerySet) -> None:
        compiler = rows.query.get_compiler(rows.db)
        self.sql, self.params = compiler.as_sql()
        self.names = [*rows.query.values_select, *rows.query.annotation_select]
        self.converters = compiler.get_converters([one for one, _, _ in compiler.select])
        self.compiler = compiler

    @classmethod
    def count(cls, rows: QuerySet) -> Self:
        """How many rows a queryset has, under the name `many`."""
        made = cls(rows)
        made.sql, made.names, made.converters = f"SELECT COUNT(*) FROM ({made.sql}) counted", ["many"], {}
        return made

    def ask(self, **known: Any) -> list[dict[str, Any]]:
        """The rows, with these values in the slots."""
        sent = [one.value(known) if isinstance(one, Slot) else one for one in self.params]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, sent)
            found = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        return [dict(zip(self.names, row, strict=True)) for row in found]
