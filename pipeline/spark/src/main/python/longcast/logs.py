"""Abnormal sessions in the lines of a log."""

from __future__ import annotations

from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.sql import DataFrame

from longcast.base import LongcastModel, SettingsEstimator


class LogAnomalyDetectorModel(LongcastModel):
    """A trained detector of abnormal sessions.

    ``transform`` gives one row per abnormal session: ``session_id``, ``anomaly_score``, the raw
    ``line`` at fault with its ``position``, the messages ``expected`` there, and the ``reason``.
    """

    lineCol: Param[str] = Param(
        Params._dummy(),
        "lineCol",
        "text column of the lines (default: value)",
        TypeConverters.toString,
    )

    def setLineCol(self, name: str) -> LogAnomalyDetectorModel:
        """Sets the text column of the lines."""
        return self._set(lineCol=name)

    def transformStream(self, dataset: DataFrame) -> DataFrame:
        """Judges the sessions of a stream as their lines arrive.

        ``where("table = 'log_anomalies'").select("log_anomalies.*")`` are the abnormal sessions; a
        later row of a session replaces an earlier one (``state``: open, closed).

        Parameters
        ----------
        dataset
            lines of a streaming source (``spark.readStream``), each an entry
        """
        self._transfer_params_to_java()
        rows = self._java_obj.transformStream(dataset._jdf)
        return DataFrame(rows, dataset.sparkSession)


class LogAnomalyDetector(SettingsEstimator):
    """Learns templates and normal sessions from the lines of a log.

    The settings ``logs.lines`` declare the header of a line, its time format and its session. A
    partition of the lines is read like a file, from its first line to its last: entries of several
    lines lie in one partition, and lines without times keep the order in which they stand there.
    The Java class is in the artifact ``longcast-logs``, which ``longcast.jar`` contains.

    >>> model = (LogAnomalyDetector()
    ...     .set("logs.lines.pattern", "<Time> <Level> [<Session>] <Content>")
    ...     .fit(spark.read.text("app.log")))
    >>> model.transform(spark.read.text("today.log")).show()
    """

    lineCol: Param[str] = Param(
        Params._dummy(),
        "lineCol",
        "text column of the lines (default: value)",
        TypeConverters.toString,
    )

    def setLineCol(self, name: str) -> LogAnomalyDetector:
        """Sets the text column of the lines, by default ``value``, as ``read.text`` names it."""
        return self._set(lineCol=name)

    def _create_model(self, java_model: object) -> LogAnomalyDetectorModel:
        return LogAnomalyDetectorModel(java_model)
