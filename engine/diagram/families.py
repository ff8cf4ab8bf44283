"""The eleven kinds of connection in four families, which are what a reader of a diagram tells apart."""

from typing import NamedTuple

from engine.models import ConnectionKind, Text


class Family(NamedTuple):
    """Kinds that are drawn alike, and the words for them; `secure` is in none: it is a lock on a box, not a line."""

    id: str
    kinds: frozenset[ConnectionKind]
    words: Text


FAMILIES = (
    Family(
        "data",
        frozenset({ConnectionKind.INGEST, ConnectionKind.TRANSFORM}),
        Text(en="Data moves", pt="Dados"),
    ),
    Family(
        "request",
        frozenset({ConnectionKind.SERVE, ConnectionKind.LOOKUP}),
        Text(en="Request path", pt="Requisição"),
    ),
    Family(
        "model",
        frozenset({ConnectionKind.TRAIN, ConnectionKind.REGISTER, ConnectionKind.DEPLOY}),
        Text(en="Model moves", pt="Modelo"),
    ),
    Family(
        "watch",
        frozenset({ConnectionKind.LOG, ConnectionKind.MONITOR, ConnectionKind.TRIGGER}),
        Text(en="Watch and trigger", pt="Monitorar e acionar"),
    ),
)


def family_of(kind: ConnectionKind) -> Family:
    """The family of any kind but `secure`."""
    return next(family for family in FAMILIES if kind in family.kinds)
