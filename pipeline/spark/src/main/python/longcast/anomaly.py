"""Anomalies of many series under an alarm budget."""

from __future__ import annotations

from typing import Optional

from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.sql import DataFrame

from longcast.base import LongcastEstimator, LongcastModel
from longcast.forecaster import ForecasterModel


class AnomalyDetectorModel(LongcastModel):
    """A calibrated anomaly detector.

    ``transform`` returns the given rows, each with ``anomaly_score`` in [0, 1],
    ``threshold``, ``is_anomaly``, ``anomaly_channel``, and the channel's ``expected``, ``lower``
    and ``upper``; null where a row was rejected or lies in the warm-up.
    """

    def anomalies(self, dataset: DataFrame) -> DataFrame:
        """One row per series, target and step of the grid."""
        return self._rows("anomalies", dataset)

    def events(self, dataset: DataFrame) -> DataFrame:
        """Events: anomalies that belong together, with kind and evidence."""
        return self._rows("events", dataset)

    def states(self, dataset: DataFrame) -> DataFrame:
        """What is known of each series after its last row; a stream goes on from there."""
        return self._rows("states", dataset)

    def transformStream(self, dataset: DataFrame, states: Optional[DataFrame] = None) -> DataFrame:
        """Scores the rows of a stream as they arrive.

        One row per score, event and reject: ``table`` names its table, and the struct column of
        that name holds it, so that ``where("table = 'events'").select("events.*")`` are the events.

        Parameters
        ----------
        dataset
            rows of a streaming source (``spark.readStream``)
        states
            of a batch run (``states``), to go on from
        """
        if states is None:
            return self._rows("transformStream", dataset)
        self._transfer_params_to_java()
        rows = self._java_obj.transformStream(dataset._jdf, states._jdf)
        return DataFrame(rows, dataset.sparkSession)

    def _rows(self, method: str, dataset: DataFrame) -> DataFrame:
        self._transfer_params_to_java()
        return DataFrame(getattr(self._java_obj, method)(dataset._jdf), dataset.sparkSession)


class AnomalyDetector(LongcastEstimator):
    """Calibrates anomaly scores, so that an alarm budget sets the threshold.

    The expected values are those of a given forecaster, or of one that is trained first.

    >>> detector = AnomalyDetector().setForecaster(model).setAlarmBudget(1).fit(history)
    >>> detector.transform(latest).where("is_anomaly").show()
    """

    alarmBudget: Param[float] = Param(
        Params._dummy(),
        "alarmBudget",
        "expected false alarms of a series and week, over all its targets"
        " (settings key anomaly.alarmBudget)",
        TypeConverters.toFloat,
    )

    def setAlarmBudget(self, alarms: float) -> AnomalyDetector:
        """Sets the expected false alarms of a series and week, above 0."""
        return self._set(alarmBudget=alarms)

    def setForecaster(self, model: ForecasterModel) -> AnomalyDetector:
        """Sets the forecaster whose residuals are scored; its columns and grid are used as well."""
        model._transfer_params_to_java()
        self._java_obj.setForecaster(model._java_obj)
        return self

    def _create_model(self, java_model: object) -> AnomalyDetectorModel:
        return AnomalyDetectorModel(java_model)
