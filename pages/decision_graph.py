"""Decision graph: see which answers lead to each choice, and what is still open."""

from ui import decision_graph
from ui.state import advice, current, knowledge

found = advice()
view = decision_graph.ask_view(knowledge(), found)
if not current().project.answers:
    decision_graph.show_nothing_answered()
decision_graph.show_graph(knowledge(), found, view)
decision_graph.show_decision(knowledge(), found, view)
