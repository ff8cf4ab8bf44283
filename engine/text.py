"""Words for people: every statement in English and Portuguese."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Language = Literal["en", "pt"]


class Text(BaseModel):
    """One statement in both languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    en: Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
    pt: Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]

    def in_(self, language: Language) -> str:
        return self.en if language == "en" else self.pt


class Unreadable(ValueError):
    """A person's input that cannot be used: what is wrong and the remedy, in both languages."""

    def __init__(self, en: str, pt: str) -> None:
        super().__init__(en)
        self.text = Text(en=en, pt=pt)
