"""Results of training and backtests."""

from __future__ import annotations

from typing import Any, List, NamedTuple

from pyspark import SparkContext
from pyspark.ml.wrapper import JavaWrapper
from pyspark.sql import DataFrame, SparkSession


class RowCounts(NamedTuple):
    """Rows read, used and rejected, and series seen and kept."""

    read: int
    used: int
    rejected: int
    series: int
    kept: int


class Skill(NamedTuple):
    """Skill of the model against a baseline, with a bootstrap interval over series."""

    against: str
    name: str
    skill: float
    lower: float
    upper: float
    series: int


class TrainingSummary(JavaWrapper):
    """Results of the training of a model, as DataFrames of the caller's session."""

    @property
    def beatsBaselines(self) -> bool:
        """Whether the model beats every baseline on the validation windows."""
        return self._call_java("beatsBaselines")

    def rows(self) -> RowCounts:
        """Rows read, used and rejected, and series seen and kept."""
        counts = self._java_obj.rows()
        return RowCounts(*(getattr(counts, field)() for field in RowCounts._fields))

    def comparison(self) -> DataFrame:
        """The model and its baselines on the same validation windows, one column per metric."""
        return _rows(self._java_obj.comparison())

    def history(self) -> DataFrame:
        """One row per training round: losses, rate, norms."""
        return _rows(self._java_obj.history())

    def rejects(self) -> DataFrame:
        """Rows that were not used, each with its reason; computed again from the data."""
        return _rows(self._java_obj.rejects())

    def statuses(self) -> DataFrame:
        """One row per series with its status and counts; computed again from the data."""
        return _rows(self._java_obj.statuses())


class BacktestResult(JavaWrapper):
    """The result of a backtest, as DataFrames of the caller's session."""

    @property
    def beatsBaselines(self) -> bool:
        """Whether the model beats every baseline over all folds."""
        return self._call_java("beatsBaselines")

    def metrics(self) -> DataFrame:
        """Metrics by fold and model: ``fold`` is null over all folds, else from 1, the oldest."""
        return _rows(self._java_obj.metrics())

    def skills(self) -> List[Skill]:
        """Skill against each baseline."""
        return [
            Skill(
                skill.against(),
                skill.name(),
                skill.interval().skill(),
                skill.interval().lower(),
                skill.interval().upper(),
                skill.interval().series(),
            )
            for skill in self._java_obj.skills()
        ]


def _rows(dataset: Any) -> DataFrame:
    """A Java Dataset in its own session, which need not be the active one."""
    context = SparkContext._active_spark_context
    return DataFrame(dataset, SparkSession(context, dataset.sparkSession()))
