"""JSON Schema of each kind of YAML file, generated from the models, never typed."""

import json
from pathlib import Path

from pydantic import BaseModel

from engine.models import (
    ArchitectureFile,
    CriteriaFile,
    DecisionFile,
    EditionFile,
    ExampleFile,
    ProjectFile,
    ScenarioFile,
    ServiceFile,
    TechniqueFile,
)

SCHEMAS: dict[str, type[BaseModel]] = {
    "architecture": ArchitectureFile,
    "criteria": CriteriaFile,
    "decision": DecisionFile,
    "edition": EditionFile,
    "example": ExampleFile,
    "project": ProjectFile,
    "scenario": ScenarioFile,
    "service": ServiceFile,
    "technique": TechniqueFile,
}


def write_schemas(folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, model in SCHEMAS.items():
        path = folder / f"{name}.schema.json"
        path.write_text(json.dumps(model.model_json_schema(), indent=2, sort_keys=True) + "\n", encoding="utf-8")
        written.append(path)
    return written
