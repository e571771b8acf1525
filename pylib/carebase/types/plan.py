"""What the generated Python consists of: one module of models and one of calls for each room."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from carebase.types.catalogue import API_SCHEMA, Catalogue, Column, Function, Relation, Type
from carebase.types.expressions import Expressions
from carebase.types.lineage import Lineage
from carebase.types.names import class_name, field_name, row_class_name
from carebase.types.registry import Registry
from carebase.types.whereabouts import Whereabouts


@dataclass(frozen=True)
class Alias:
    """An enum or domain: a name for an expression."""

    name: str
    expression: str
    comment: str | None


@dataclass(frozen=True)
class Field:
    """A field of a model; `alias` is the name in the database where Python needs another one."""

    name: str
    expression: str
    alias: str | None
    comment: str | None = None
    is_protected: bool = False
    has_default: bool = False


@dataclass(frozen=True)
class Model:
    """A class with fields; `relation` is the table or view that `Row` models are rows of."""

    name: str
    base: str
    comment: str | None
    fields: tuple[Field, ...]
    relation: str | None = None


@dataclass(frozen=True)
class Call:
    """A function as a method: `returns` is the annotation, "None" for nothing."""

    function: str
    constant: str
    method: str
    arguments: Model
    returns: str
    is_repeatable: bool
    comment: str | None


@dataclass
class Module:
    """Everything of one room."""

    room: str
    aliases: list[Alias] = field(default_factory=list)
    models: list[Model] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The classes and aliases that the module of models holds."""
        models = (*self.models, *(call.arguments for call in self.calls))
        return sorted([*(alias.name for alias in self.aliases), *(model.name for model in models)])

    @property
    def expressions(self) -> Iterator[str]:
        """Every annotation that the module of models holds."""
        yield from (alias.expression for alias in self.aliases)
        for model in (*self.models, *(call.arguments for call in self.calls)):
            yield from (one.expression for one in model.fields)


def plan_modules(catalogue: Catalogue, whereabouts: Whereabouts, registry: Registry) -> list[Module]:
    """What to generate, by room, in alphabetical order.

    Raises:
        UsageProblem: `types_ambiguous`: two objects would have the same name in Python.
    """
    return _Planner(catalogue, whereabouts, registry).plan()


def imports(
    module: Module | None, modules: Iterable[Module], expressions: Iterable[str]
) -> list[tuple[str, list[str]]]:
    """Rooms other than that of `module`, each with the names of its models that occur in the expressions."""
    words = {word for expression in expressions for word in re.findall(r"\w+", expression)}
    found = ((other.room, sorted(words & set(other.names))) for other in modules if other is not module)
    return [(room, names) for room, names in found if names]


class _Planner:
    def __init__(self, catalogue: Catalogue, whereabouts: Whereabouts, registry: Registry) -> None:
        self._catalogue = catalogue
        self._whereabouts = whereabouts
        self._lineage = Lineage(catalogue.relations)
        self._registry = registry
        self._expressions = Expressions(catalogue, self._registry.class_of)
        self._modules: dict[str, Module] = {}

    def plan(self) -> list[Module]:
        relations = self._catalogue.api_relations
        row_types = {
            one.relation: oid for oid, one in self._catalogue.types.items() if one.relation is not None
        }
        for type_ in self._catalogue.api_types:
            self._registry.claim(class_name(type_.name), f"type {type_.name}", type_.oid)
        for relation in relations:
            name = class_name(relation.name) if relation.is_composite else row_class_name(relation.name)
            self._registry.claim(name, f"relation {relation.name}", row_types[relation.oid])
        # An alias is evaluated where it stands, so what it is made of comes first.
        for type_ in sorted(self._catalogue.api_types, key=self._depth):
            self._module(self._whereabouts.room_of(API_SCHEMA, type_.name)).aliases.append(self._alias(type_))
        for relation in relations:
            model = self._model(relation, self._registry.name_of(row_types[relation.oid]))
            self._module(self._whereabouts.room_of(API_SCHEMA, relation.name)).models.append(model)
        for function in self._callable():
            self._add_call(function)
        return [self._modules[room] for room in sorted(self._modules)]

    def _module(self, room: str) -> Module:
        return self._modules.setdefault(room, Module(room))

    def _depth(self, type_: Type) -> tuple[int, str]:
        depth, one = 0, type_
        while one.base is not None or one.element is not None:
            one = self._catalogue.types[one.base or one.element or 0]
            depth += 1
        return (depth if type_.kind == "d" else 0), type_.name

    def _alias(self, type_: Type) -> Alias:
        name = self._registry.name_of(type_.oid)
        if type_.kind == "e":
            labels = ", ".join(json.dumps(label, ensure_ascii=False) for label in type_.labels)
            return Alias(name, f"Literal[{labels}]", type_.comment)
        return Alias(name, self._expressions.beneath(type_), type_.comment)

    def _model(self, relation: Relation, name: str) -> Model:
        fields = tuple(self._column(relation, column) for column in relation.columns)
        if relation.is_composite:
            return Model(name, "Record", relation.comment, fields)
        return Model(name, "Row", relation.comment, fields, relation.name)

    def _column(self, relation: Relation, column: Column) -> Field:
        origin = self._lineage.origin(relation, column)
        is_not_null = column.is_not_null or (origin.column.is_not_null and not origin.may_miss)
        return self._field(
            column.name,
            self._expressions.of(column.type, nullable=not is_not_null),
            comment=column.comment or origin.column.comment,
            is_protected=column.is_protected
            or self._whereabouts.is_protected(
                origin.relation.schema, origin.relation.name, origin.column.name
            ),
        )

    @staticmethod
    def _field(
        name: str,
        expression: str,
        *,
        comment: str | None = None,
        is_protected: bool = False,
        has_default: bool = False,
    ) -> Field:
        python = field_name(name)
        return Field(python, expression, None if python == name else name, comment, is_protected, has_default)

    def _callable(self) -> Iterator[Function]:
        """Functions that PostgREST calls by the names of their parameters."""
        for function in self._catalogue.functions:
            types = [self._catalogue.types[one.type] for one in function.parameters]
            is_computed_column = len(types) == 1 and any(
                one.oid == types[0].relation and not one.is_composite for one in self._catalogue.relations
            )
            if all(one.name for one in function.parameters) and not is_computed_column:
                self._registry.claim_method(field_name(function.name), f"function {function.name}")
                yield function

    def _add_call(self, function: Function) -> None:
        module = self._module(self._whereabouts.room_of_function(API_SCHEMA, function.name))
        arguments = tuple(
            self._field(
                one.name, self._expressions.of(one.type, nullable=one.takes_null), has_default=one.has_default
            )
            for one in function.parameters
        )
        title = class_name(function.name)
        self._registry.claim(f"{title}Arguments", f"the parameters of {function.name}")
        module.calls.append(
            Call(
                function=function.name,
                constant=function.name.upper(),
                method=field_name(function.name),
                arguments=Model(
                    f"{title}Arguments", "Arguments", f"The parameters of `{function.name}`.", arguments
                ),
                returns=self._result(function, module),
                is_repeatable=function.is_repeatable,
                comment=function.comment,
            )
        )

    def _result(self, function: Function, module: Module) -> str:
        one = self._one(function, module)
        if function.is_set:
            return f"list[{one}]"
        return f"{one} | None" if function.is_nullable and one != "None" else one

    def _one(self, function: Function, module: Module) -> str:
        """The annotation of one result; a class of its own where the result is no row of the API."""
        type_ = self._catalogue.types[function.returns]
        if type_.name == "void":
            return "None"
        relation = self._catalogue.relations_by_oid.get(type_.relation or 0)
        columns = function.columns
        if not columns and relation is not None and relation.schema != API_SCHEMA:
            columns = relation.columns
        if not columns:
            return self._expressions.of(function.returns)
        name = f"{class_name(function.name)}Result"
        self._registry.claim(name, f"the result of {function.name}")
        fields = tuple(
            self._field(
                column.name,
                self._expressions.of(column.type, nullable=not column.is_not_null),
                comment=column.comment,
                is_protected=column.is_protected
                or self._whereabouts.is_protected(API_SCHEMA, function.name, column.name),
            )
            for column in columns
        )
        kind = "One of the results" if function.is_set else "The result"
        module.models.append(Model(name, "Record", f"{kind} of `{function.name}`.", fields))
        return name
