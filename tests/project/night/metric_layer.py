"""MetricFlow over a built warehouse, which it reads and leaves as it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import nan
from pathlib import Path

import duckdb
from metricflow.data_table.mf_table import MetricFlowDataTable
from metricflow.engine.metricflow_engine import MetricFlowEngine, MetricFlowQueryRequest
from metricflow.protocols.sql_client import SqlEngine
from metricflow.sql.render.duckdb_renderer import DuckDbSqlPlanRenderer
from metricflow.validation.data_warehouse_model_validator import DataWarehouseModelValidator
from metricflow_semantic_interfaces.protocols.semantic_manifest import SemanticManifest
from metricflow_semantic_interfaces.validations.semantic_manifest_validator import (
    SemanticManifestValidator,
)
from metricflow_semantics.model.dbt_manifest_parser import (
    parse_manifest_from_dbt_generated_manifest,
)
from metricflow_semantics.model.semantic_manifest_lookup import SemanticManifestLookup
from metricflow_semantics.sql.sql_bind_parameters import SqlBindParameterSet

Values = dict[str | None, float]
NO_PARAMETERS = SqlBindParameterSet()


@dataclass(frozen=True)
class ReadOnlyClient:
    """A DuckDB file as MetricFlow asks it."""

    database: Path
    sql_engine_type = SqlEngine.DUCKDB
    sql_plan_renderer = DuckDbSqlPlanRenderer()

    def query(
        self, stmt: str, sql_bind_parameter_set: SqlBindParameterSet = NO_PARAMETERS
    ) -> MetricFlowDataTable:
        """The rows of a query."""
        assert sql_bind_parameter_set == NO_PARAMETERS
        with duckdb.connect(str(self.database), read_only=True) as connection:
            found = connection.execute(stmt)
            columns = [column for column, *_ in found.description]
            return MetricFlowDataTable.create_from_rows(columns, found.fetchall())

    def execute(
        self, stmt: str, sql_bind_parameter_set: SqlBindParameterSet = NO_PARAMETERS
    ) -> None:
        """A statement without rows; here it can change nothing."""
        self.query(stmt, sql_bind_parameter_set)

    def dry_run(
        self, stmt: str, sql_bind_parameter_set: SqlBindParameterSet = NO_PARAMETERS
    ) -> None:
        """Ask whether a query could run."""
        self.query(f"explain {stmt}", sql_bind_parameter_set)

    def close(self) -> None:
        """Each query closes its own connection."""

    def render_bind_parameter_key(self, bind_parameter_key: str) -> str:
        """There are no parameters."""
        raise NotImplementedError(bind_parameter_key)


class Layer:
    """The declared metrics, ready to be asked."""

    def __init__(self, manifest: Path, database: Path) -> None:
        self.client = ReadOnlyClient(database)
        self.manifest: SemanticManifest = parse_manifest_from_dbt_generated_manifest(
            manifest_json_string=manifest.read_text()
        )
        self.engine = MetricFlowEngine(SemanticManifestLookup(self.manifest), self.client)

    def metrics(self) -> set[str]:
        """The names of all metrics."""
        return {metric.name for metric in self.manifest.metrics}

    @cache  # noqa: B019 - one layer lives as long as its tests
    def values(self, metrics: tuple[str, ...], group_by: str = "") -> dict[str, Values]:
        """Each metric's value for each value of a dimension; without one, under the text `all`."""
        request = MetricFlowQueryRequest.create(
            metric_names=metrics, group_by_names=[group_by] if group_by else None
        )
        table = self.engine.query(request).result_df
        assert table is not None
        columns = dict(zip(table.column_names, zip(*table.rows, strict=True), strict=True))
        groups = [_text(value) for value in columns[group_by]] if group_by else ["all"]
        assert len(set(groups)) == len(groups)
        return {
            metric: dict(zip(groups, map(_number, columns[metric]), strict=True))
            for metric in metrics
        }

    def issues(self) -> list[str]:
        """What `mf validate-configs` finds wrong, but for the metrics that are asked anyway."""
        warehouse = DataWarehouseModelValidator(self.client)
        results = (
            SemanticManifestValidator[SemanticManifest]().validate_semantic_manifest(self.manifest),
            warehouse.validate_semantic_models(self.manifest),
            warehouse.validate_dimensions(self.manifest),
            warehouse.validate_entities(self.manifest),
            warehouse.validate_simple_metrics(self.manifest),
        )
        return [issue.message for result in results for issue in result.all_issues]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _number(value: object) -> float:
    return nan if value is None else float(str(value))
