"""Longcast for PySpark: forecasts and anomalies of many time series, DataFrames in and out.

The package is part of the jar, so one file serves both sides::

    pyspark --jars longcast.jar --py-files longcast.jar

>>> model = (Forecaster()
...     .setSeriesCols("meter_id").setTimestampCol("ts").setTargetCols("load")
...     .setFrequency("1h").setHorizon(48).setSeed(7)
...     .fit(history))
>>> model.summary().comparison().show()
>>> model.transform(history).write.parquet("forecasts")
"""

import sys

from longcast.anomaly import AnomalyDetector, AnomalyDetectorModel
from longcast.classifier import SequenceClassifier, SequenceClassifierModel
from longcast.forecaster import Forecaster, ForecasterModel
from longcast.logs import LogAnomalyDetector, LogAnomalyDetectorModel
from longcast.results import BacktestResult, RowCounts, Skill, TrainingSummary

__all__ = [
    "AnomalyDetector",
    "AnomalyDetectorModel",
    "BacktestResult",
    "Forecaster",
    "ForecasterModel",
    "LogAnomalyDetector",
    "LogAnomalyDetectorModel",
    "RowCounts",
    "SequenceClassifier",
    "SequenceClassifierModel",
    "Skill",
    "TrainingSummary",
]

# Pipeline.load looks for the Python class of a stage in the module named as its Java package.
sys.modules["io.longcast.spark"] = sys.modules[__name__]
