"""The one typed state of a session: the project as answered so far, and what is selected."""

from dataclasses import dataclass, field, replace
from datetime import date

import streamlit as st

from engine.advice import Advice, advise
from engine.knowledge import Knowledge, load_knowledge
from engine.models import ProjectFile, RawAnswer
from engine.requirements import Problem, Requirements, read_requirements

KEY = "state"


@dataclass(frozen=True)
class State:
    """Values only; widgets are views of it. `problems` says what an opened link or file held that cannot be used."""

    project: ProjectFile = field(default_factory=ProjectFile)
    selected: str | None = None  # id of the component that the panel explains
    point: str | None = None  # id of the decision that it explains, where the component stands for several or none does
    problems: tuple[Problem, ...] = ()
    before: ProjectFile | None = None  # the project as it was before a change that is only tried

    @property
    def is_empty(self) -> bool:
        """Nothing is answered and nothing pinned: there is nothing to advise on."""
        return not self.project.answers and not self.project.choices


@st.cache_resource(show_spinner=False)
def knowledge() -> Knowledge:
    return load_knowledge()


def today() -> date:
    """The clock stays at this edge."""
    return date.today()


def current() -> State:
    if KEY not in st.session_state:
        st.session_state[KEY] = State()
    state: State = st.session_state[KEY]
    return state


def keep(state: State) -> None:
    st.session_state[KEY] = state


def change(**fields: object) -> None:
    """Change fields of the project; everything else stays as it is."""
    state = current()
    keep(replace(state, project=ProjectFile.model_validate(state.project.model_dump() | fields)))


def answer(criterion: str, value: RawAnswer | None) -> None:
    """Set one answer, or take it away."""
    answers = {name: given for name, given in current().project.answers.items() if name != criterion}
    change(answers=answers if value is None else answers | {criterion: value})


def select(component: str | None, point: str | None = None) -> None:
    """Say what the panel explains; the answers stay as they are."""
    keep(replace(current(), selected=component, point=point))


def clear_problems() -> None:
    keep(replace(current(), problems=()))


def requirements() -> Requirements:
    """The project's answers as the engine takes them; what does not fit was reported when it was opened."""
    found, _ = read_requirements(knowledge().criteria, knowledge().decisions, current().project, today())
    return found


def advice() -> Advice:
    return advise(knowledge(), requirements())
