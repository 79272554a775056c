"""Base classes of the estimators and models: Params, settings by key, saving and loading."""

from __future__ import annotations

from typing import Any, List, Sequence, Type, TypeVar, Union

import pyspark
from pyspark import SparkContext
from pyspark.ml.common import _py2java
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLReader, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel, JavaParams
from pyspark.sql.utils import is_remote

from longcast.results import TrainingSummary

JAVA_PACKAGE = "io.longcast.spark"
JAR = "longcast.jar" if pyspark.__version__ < "4" else "longcast-spark4.jar"

E = TypeVar("E", bound="LongcastEstimator")
P = TypeVar("P", bound="SettingParams")


def require_java(name: str) -> None:
    """Checks that the session can call the Java class ``name`` of Longcast.

    Raises
    ------
    RuntimeError
        on a Spark Connect session, without a session, or where the class is not on the class path;
        the message says what to do
    """
    if is_remote():
        raise RuntimeError(
            "longcast needs a session with a JVM, and a Spark Connect session has none. Run the"
            " program on the cluster instead: spark-submit --jars %s --py-files"
            " %s program.py; or use the command line (bin/longcast train, forecast,"
            " detect), whose tables a Spark Connect session reads." % (JAR, JAR)
        )
    context = SparkContext._active_spark_context
    if context is None:
        raise RuntimeError("longcast needs a SparkSession: create one first")
    package = context._jvm.io.longcast.spark  # type: ignore[union-attr]
    if not callable(getattr(package, name)):
        raise RuntimeError(
            "the Java class %s.%s is not on the class path of the session: start the session with"
            " --jars %s (spark.jars in its configuration)" % (JAVA_PACKAGE, name, JAR)
        )
    context._jvm.io.longcast.sparkinternals.SparkBuild.requireRunning()  # type: ignore[union-attr]


class LongcastReader(JavaMLReader):
    """Loads through the Java class of the same name."""

    def __init__(self, clazz: Type[Any]) -> None:
        require_java(clazz.__name__)
        super().__init__(clazz)

    @classmethod
    def _java_loader_class(cls, clazz: Type[Any]) -> str:
        return JAVA_PACKAGE + "." + clazz.__name__


class SettingParams(JavaParams, JavaMLReadable, JavaMLWritable):
    """Params that stand for settings; values are checked by Java when they are set."""

    @classmethod
    def read(cls) -> LongcastReader:
        """A reader of what ``write()`` saved."""
        return LongcastReader(cls)

    def set(self: P, param: Union[Param, str], value: Any) -> P:  # type: ignore[override]
        """Sets a Param, or any setting of ``reference.conf`` by its key.

        >>> forecaster.set("model.hiddenSize", 64)

        Raises
        ------
        pyspark.errors.IllegalArgumentException
            if there is no such key or it cannot have this value; the message names both
        """
        if isinstance(param, Param):
            self._shouldOwn(param)
            name = param.name
        else:
            name = param
        return self._set(**{name: value})

    def _set(self: P, **values: Any) -> P:
        for name, value in values.items():
            if value is not None:
                self._check(name, value)
        return super()._set(**values)

    def _transfer_params_from_java(self) -> None:
        self._create_params_from_java()  # of settings by key, which are not declared
        super()._transfer_params_from_java()

    def _check(self, name: str, value: Any) -> None:
        declared = self.hasParam(name)
        param = self.getParam(name) if declared else Param(self, name, "settings key " + name)
        try:
            java_value = _py2java(SparkContext._active_spark_context, param.typeConverter(value))
        except TypeError as error:
            raise TypeError('Invalid param value given for param "%s". %s' % (name, error))
        self._java_obj.getParam(name).w(java_value)  # fails where the value is not valid
        if not declared:
            setattr(self, name, param)
            self._params = None


class SettingsEstimator(JavaEstimator, SettingParams):
    """An estimator whose settings are those of ``reference.conf``, by their keys."""

    def __init__(self, **params: Any) -> None:
        """An estimator with the defaults of ``reference.conf``.

        Parameters
        ----------
        params
            Params by name, such as ``horizon=48``, in place of their setters
        """
        super().__init__()
        name = type(self).__name__
        require_java(name)
        self._java_obj = self._new_java_obj(JAVA_PACKAGE + "." + name, self.uid)
        self._transfer_params_from_java()
        self._set(**params)


class LongcastEstimator(SettingsEstimator):
    """The columns of the data, the horizon and the seed; every other setting by its key."""

    seriesCols: Param[List[str]] = Param(
        Params._dummy(),
        "seriesCols",
        "columns that together name a series (settings key source.series.columns)",
        TypeConverters.toListString,
    )
    timestampCol: Param[str] = Param(
        Params._dummy(),
        "timestampCol",
        "column of the time (settings key source.time.column)",
        TypeConverters.toString,
    )
    targetCols: Param[List[str]] = Param(
        Params._dummy(),
        "targetCols",
        "number columns to learn (settings key source.valueColumns)",
        TypeConverters.toListString,
    )
    knownCovariateCols: Param[List[str]] = Param(
        Params._dummy(),
        "knownCovariateCols",
        "number columns known past the origin too (settings key source.knownCovariates)",
        TypeConverters.toListString,
    )
    pastCovariateCols: Param[List[str]] = Param(
        Params._dummy(),
        "pastCovariateCols",
        "number columns known up to the origin only (settings key source.pastCovariates)",
        TypeConverters.toListString,
    )
    staticCovariateCols: Param[List[str]] = Param(
        Params._dummy(),
        "staticCovariateCols",
        "columns of categories that do not change within a series"
        " (settings key source.staticCovariates)",
        TypeConverters.toListString,
    )
    frequency: Param[str] = Param(
        Params._dummy(),
        "frequency",
        "step of the time grid, such as 15m, 1h, 1d (settings key clean.frequency)",
        TypeConverters.toString,
    )
    horizon: Param[int] = Param(
        Params._dummy(),
        "horizon",
        "steps to predict (settings key window.horizon)",
        TypeConverters.toInt,
    )
    contextLength: Param[int] = Param(
        Params._dummy(),
        "contextLength",
        "steps the model sees, 0 to choose (settings key window.contextLength)",
        TypeConverters.toInt,
    )
    preset: Param[str] = Param(
        Params._dummy(),
        "preset",
        "how much is spent on training: fast, accurate (settings key preset)",
        TypeConverters.toString,
    )
    seed: Param[int] = Param(
        Params._dummy(),
        "seed",
        "seed of all random numbers (settings key seed)",
        TypeConverters.toInt,
    )

    def setSeriesCols(self: E, *names: Union[str, Sequence[str]]) -> E:
        """Sets the columns whose values together name a series."""
        return self._set(seriesCols=_names(names))

    def setTimestampCol(self: E, name: str) -> E:
        """Sets the column of the time: a timestamp, a date, or text in the declared form."""
        return self._set(timestampCol=name)

    def setTargetCols(self: E, *names: Union[str, Sequence[str]]) -> E:
        """Sets the number columns to learn."""
        return self._set(targetCols=_names(names))

    def setKnownCovariateCols(self: E, *names: Union[str, Sequence[str]]) -> E:
        """Sets the number columns known past the origin too, such as plans."""
        return self._set(knownCovariateCols=_names(names))

    def setPastCovariateCols(self: E, *names: Union[str, Sequence[str]]) -> E:
        """Sets the number columns known up to the origin only."""
        return self._set(pastCovariateCols=_names(names))

    def setStaticCovariateCols(self: E, *names: Union[str, Sequence[str]]) -> E:
        """Sets the columns of categories that do not change within a series."""
        return self._set(staticCovariateCols=_names(names))

    def setFrequency(self: E, step: str) -> E:
        """Sets the step of the time grid, such as ``15m``, ``1h``, ``1d``."""
        return self._set(frequency=step)

    def setHorizon(self: E, steps: int) -> E:
        """Sets the steps to predict, at least 1."""
        return self._set(horizon=steps)

    def setContextLength(self: E, steps: int) -> E:
        """Sets the steps that the model sees; 0 to choose them from the data."""
        return self._set(contextLength=steps)

    def setPreset(self: E, name: str) -> E:
        """Sets how much is spent on training: ``fast`` or ``accurate``."""
        return self._set(preset=name)

    def setSeed(self: E, value: int) -> E:
        """Sets the seed of all random numbers."""
        return self._set(seed=value)


def _names(names: Sequence[Union[str, Sequence[str]]]) -> List[str]:
    """Names as separate arguments or as one list, which is pyspark.ml's way."""
    if len(names) == 1 and not isinstance(names[0], str):
        return list(names[0])
    return list(names)  # type: ignore[arg-type]


class LongcastModel(JavaModel, SettingParams):
    """A fitted model; settings of serving may be changed by key, such as ``forecast.nonNegative``.

    It is saved as its bundle, which the command line serves too, and a bundle that the command line
    trained is loaded like a saved model.
    """

    def modelId(self) -> str:
        """The id: a hash of the model's content."""
        return self._call_java("modelId")

    def parametersSha256(self) -> str:
        """SHA-256 of the parameters as little-endian floats."""
        return self._call_java("parametersSha256")

    def manifest(self) -> str:
        """The manifest as JSON: settings, metrics, versions and hashes."""
        return self._call_java("manifest")

    @property
    def hasSummary(self) -> bool:
        """Whether the model was fitted in this session, so that it has a summary."""
        return self._call_java("hasSummary")

    def summary(self) -> TrainingSummary:
        """Results of the training.

        Raises
        ------
        py4j.protocol.Py4JJavaError
            if the model was loaded; its metrics stand in ``manifest()``
        """
        return TrainingSummary(self._call_java("summary"))
