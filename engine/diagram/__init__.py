"""An architecture as pictures and text: SVG, Mermaid."""
