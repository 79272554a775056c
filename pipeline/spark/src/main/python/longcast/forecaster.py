"""Forecasts of many series by one recurrent network."""

from __future__ import annotations

from pyspark.sql import DataFrame

from longcast.base import LongcastEstimator, LongcastModel
from longcast.results import BacktestResult


class ForecasterModel(LongcastModel):
    """A trained forecaster.

    ``transform`` forecasts every series from its end: one row per series, target and step, with
    ``forecast``, intervals and quantiles. A series that cannot be forecast has one row with a
    ``status``.
    """

    def transformStream(self, dataset: DataFrame) -> DataFrame:
        """Forecasts the series of a stream as their rows arrive.

        One row per forecast step and reject: ``table`` names its table, and the struct column of
        that name holds it. A series is forecast again every ``stream.forecastEvery`` steps.

        Parameters
        ----------
        dataset
            rows of a streaming source (``spark.readStream``)
        """
        self._transfer_params_to_java()
        return DataFrame(self._java_obj.transformStream(dataset._jdf), dataset.sparkSession)


class Forecaster(LongcastEstimator):
    """Trains one recurrent network over all series of a DataFrame.

    The network has calibrated intervals and is compared with baselines on held-back windows. Data,
    settings and seed decide the bits of the model; partitioning, executors and the session's time
    zone do not.

    >>> model = Forecaster(seriesCols=["meter_id"], timestampCol="ts", targetCols=["load"],
    ...     frequency="1h", horizon=48).set("model.hiddenSize", 64).fit(history)
    """

    def _create_model(self, java_model: object) -> ForecasterModel:
        return ForecasterModel(java_model)

    def setTraining(self, value: str) -> Forecaster:
        """Sets whether a network is trained.

        Parameters
        ----------
        value
            ``full`` (the default), or ``none``: the pretrained network in the jar forecasts, and
            ``fit`` only finds the grid and calibrates the intervals
        """
        if value not in ("none", "full"):
            raise ValueError(f"training must be none or full, found {value}")
        return self.set("model.pretrained", "longcast-zero" if value == "none" else "none")

    def backtest(self, dataset: DataFrame, folds: int) -> BacktestResult:
        """Trains and forecasts at rolling origins and compares with the baselines.

        Parameters
        ----------
        dataset
            rows of observations, as for ``fit``
        folds
            origins, a horizon apart, the newest at the end of the data
        """
        self._transfer_params_to_java()
        return BacktestResult(self._java_obj.backtest(dataset._jdf, folds))
