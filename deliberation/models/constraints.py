"""A foreign key of two columns, which Django has no name for.

`Vote(conversation, statement)` must be a pair that exists in
`Statement(conversation, id)`: so the database refuses a vote in another
conversation's statement, however it is written.
"""

from typing import Any, cast

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BaseConstraint, Model


class CompositeForeignKey(BaseConstraint):
    """`fields` of this table must be found together in `to_fields` of `to`.

    `to` is a table's name; `to_fields` are its columns and need a unique
    constraint of their own. Works on SQLite and PostgreSQL.
    """

    def __init__(
        self, *, fields: list[str], to: str, to_fields: list[str], name: str
    ) -> None:
        super().__init__(name=name)
        self.fields = tuple(fields)
        self.to = to
        self.to_fields = tuple(to_fields)

    def constraint_sql(
        self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        options = cast("type[Model]", model)._meta
        columns = [str(options.get_field(name).attname) for name in self.fields]  # type: ignore[union-attr]
        return (
            f"CONSTRAINT {self.name} FOREIGN KEY ({', '.join(columns)})"
            f" REFERENCES {self.to} ({', '.join(self.to_fields)})"
        )

    def create_sql(
        self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        constraint = self.constraint_sql(model, schema_editor)
        table = cast("type[Model]", model)._meta.db_table
        return f"ALTER TABLE {table} ADD {constraint}"

    def remove_sql(
        self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        table = cast("type[Model]", model)._meta.db_table
        return f"ALTER TABLE {table} DROP CONSTRAINT {self.name}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Left to the database, which alone can know."""

    def deconstruct(self) -> tuple[str, tuple[()], dict[str, Any]]:
        path = f"{type(self).__module__}.{type(self).__qualname__}"
        kwargs: dict[str, Any] = {
            "fields": list(self.fields),
            "to": self.to,
            "to_fields": list(self.to_fields),
            "name": self.name,
        }
        return path, (), kwargs

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CompositeForeignKey):
            return NotImplemented
        return self.deconstruct() == other.deconstruct()

    __hash__ = None  # type: ignore[assignment]
