"""Classes of series, or of each of their newest steps."""

from __future__ import annotations

from typing import List

from pyspark.ml.param import Param, Params, TypeConverters

from longcast.base import LongcastEstimator, LongcastModel


class SequenceClassifierModel(LongcastModel):
    """A trained classifier; ``transform`` returns classes and probabilities of every series."""

    def classes(self) -> List[str]:
        """Names of the classes by code."""
        return list(self._call_java("classes"))


class SequenceClassifier(LongcastEstimator):
    """Learns the class of the newest steps of a window.

    With a horizon of 1 there is one label per window, with a larger one a label for each of that
    many newest steps.
    """

    labelCol: Param[str] = Param(
        Params._dummy(),
        "labelCol",
        "number column of class codes 0, 1, and so on (settings key labels.column)",
        TypeConverters.toString,
    )

    def setLabelCol(self, name: str) -> SequenceClassifier:
        """Sets the number column of class codes 0, 1, and so on; not needed to classify."""
        return self._set(labelCol=name)

    def _create_model(self, java_model: object) -> SequenceClassifierModel:
        return SequenceClassifierModel(java_model)
