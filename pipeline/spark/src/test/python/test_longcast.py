"""The Python package from the jar, under the pyspark of PyPI.

LONGCAST_JAR names the jar, LONGCAST_HOME the root of the repository.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import pyspark
from py4j.protocol import Py4JJavaError
from pyspark.errors import IllegalArgumentException
from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.feature import SQLTransformer
from pyspark.sql import SparkSession

JAR = os.environ["LONGCAST_JAR"]
NAME = pathlib.Path(JAR).name
HOME = pathlib.Path(os.environ["LONGCAST_HOME"])
STEPS = 24 * 21
FORECAST = (
    "series_id, channel, unix_micros(origin), step, unix_micros(timestamp), forecast, lower_80,"
    " upper_95, status"
).split(", ")
RUN = """
source {{ format = parquet, paths = ["{history}"], series.columns = [meter_id], time.column = ts,
  valueColumns = [load] }}
clean.frequency = 1h
window {{ horizon = 12, contextLength = 72 }}
seed = 7
model.hiddenSize = 8
training {{ steps = 40, shards = 2 }}
output.path = "{output}"
"""


def session():
    return (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", JAR)
        .config("spark.submit.pyFiles", JAR)
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.driver.memory", "2g")
        .config("spark.driver.extraJavaOptions", "--add-modules=jdk.incubator.vector")
        .config("spark.sql.session.timeZone", "America/New_York")
        .getOrCreate()
    )


def meters(spark):
    """Four hourly meters of three weeks with a spike of the last one 30 steps before the end."""
    return spark.sql(
        f"""
        SELECT concat('m', meter) AS meter_id, timestamp_seconds(1704067200 + 3600 * step) AS ts,
          20 + 5 * sin(2 * pi() * (step + 3 * meter) / 24)
            + 0.3 * sin(step * 12.9898 + meter * 78.2)
            + IF(meter = 3 AND step = {STEPS - 30}, 40, 0) AS load,
          10 + 5 * sin(2 * pi() * step / 168) AS temperature
        FROM (SELECT explode(sequence(0, 3)) AS meter)
          CROSS JOIN (SELECT explode(sequence(0, {STEPS - 1})) AS step)
        """
    )


def run(*words, cwd=None, **variables):
    """Runs a process, which must end well, on the Spark of PyPI."""
    env = {**os.environ, "SPARK_HOME": pyspark.__path__[0], **variables}
    done = subprocess.run(words, env=env, cwd=cwd, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        raise AssertionError(done.stdout + done.stderr)
    return done


class LongcastTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.spark = session()
        import longcast

        cls.longcast = longcast
        cls.history = meters(cls.spark)
        cls.model = cls.forecaster().fit(cls.history)

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        cls.folder.cleanup()

    @classmethod
    def forecaster(cls):
        return (
            cls.longcast.Forecaster()
            .setSeriesCols("meter_id")
            .setTimestampCol("ts")
            .setTargetCols("load")
            .setFrequency("1h")
            .setHorizon(12)
            .setContextLength(72)
            .setSeed(7)
            .set("model.hiddenSize", 8)
            .set("training.steps", 40)
            .set("training.shards", 2)
        )

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def rows(self, forecasts):
        return forecasts.selectExpr(*FORECAST).orderBy("series_id", "channel", "step").collect()

    def test_is_imported_from_the_jar_under_the_pinned_spark(self):
        self.assertIn(f"{NAME}/longcast/", self.longcast.__file__)
        self.assertEqual(self.spark.version, pyspark.__version__)
        self.assertEqual(
            pathlib.Path(os.environ.get("SPARK_HOME", pyspark.__path__[0])).resolve(),
            pathlib.Path(pyspark.__path__[0]).resolve(),
        )

    def test_forecasts_and_says_how_it_was_trained(self):
        forecasts = self.model.transform(self.history)
        self.assertEqual(forecasts.where("status = 'ok' and forecast is not null").count(), 4 * 12)
        summary = self.model.summary()
        self.assertEqual(summary.rows(), self.longcast.RowCounts(4 * STEPS, 4 * STEPS, 0, 4, 4))
        self.assertIn("mase", summary.comparison().columns)
        self.assertGreater(summary.comparison().count(), 3)
        self.assertEqual(summary.statuses().count(), 4)
        self.assertEqual(summary.rejects().count(), 0)
        self.assertEqual(summary.history().count(), 40 / 5)
        self.assertIsInstance(summary.beatsBaselines, bool)
        self.assertEqual(self.spark.sparkContext._jsc.getPersistentRDDs().size(), 0)

    def test_gives_the_bits_of_the_java_api(self):
        api = self.spark._jvm.io.longcast.spark.Forecaster("java")
        api.setSeriesCols(self.texts("meter_id")).setTargetCols(self.texts("load"))
        api.setTimestampCol("ts").setFrequency("1h").setHorizon(12)
        api.setContextLength(72).setSeed(7).set("model.hiddenSize", 8).set("training.steps", 40)
        java = api.set("training.shards", 2).fit(self.history._jdf)
        self.assertEqual(java.parametersSha256(), self.model.parametersSha256())
        self.assertEqual(java.modelId(), self.model.modelId())

    def texts(self, text):
        array = self.spark.sparkContext._gateway.new_array(self.spark._jvm.String, 1)
        array[0] = text
        return array

    def test_gives_the_bits_of_the_command_line_on_the_spark_of_pypi(self):
        self.history.write.parquet(self.path("history"))
        output = self.path("out")
        settings = pathlib.Path(self.path("run.conf"))
        settings.write_text(RUN.format(history=self.path("history"), output=output))
        run(HOME / "bin/longcast", "train", settings, "--force")
        run(HOME / "bin/longcast", "forecast", settings)
        (manifest,) = pathlib.Path(output, "models").rglob("manifest.json")
        trained = self.longcast.ForecasterModel.load(str(manifest.parent))
        self.assertEqual(trained.parametersSha256(), self.model.parametersSha256())
        expected = self.rows(self.model.transform(self.history))
        self.assertEqual(self.rows(trained.transform(self.history)), expected)
        self.assertEqual(self.rows(self.spark.read.parquet(output + "/forecasts")), expected)

    def test_runs_the_program_of_the_readme_under_spark_submit(self):
        readme = (HOME / "README.md").read_text()
        blocks = r"<!-- snippet: python(?:-stream)? -->\n```python\n(.*?)```"
        snippet, stream = re.findall(blocks, readme, re.DOTALL)
        self.assertIn("setHorizon(48)", snippet)
        short = 'setHorizon(12).set("training.steps", 20).set("model.hiddenSize", 4)'
        program = pathlib.Path(self.path("program.py"))
        program.write_text(
            "from pyspark.sql import SparkSession\n"
            "spark = SparkSession.builder.getOrCreate()\n"
            + snippet.replace("setHorizon(48)", short)
            + stream
        )
        self.history.write.parquet(self.path("meters"))
        done = run(
            *(pathlib.Path(pyspark.__path__[0]) / "bin/spark-submit", "--master", "local[2]"),
            *("--jars", JAR, "--py-files", JAR, program),
            cwd=self.folder.name,
        )
        self.assertIn("seasonal-naive", done.stdout)
        self.assertGreater(self.spark.read.parquet(self.path("alarms")).count(), 0)
        forecasts = self.spark.read.parquet(self.path("forecasts"))
        self.assertEqual(forecasts.where("forecast is not null").count(), 4 * 12)
        model = self.longcast.ForecasterModel.load(self.path("models/load"))
        self.assertEqual(forecasts.where(f"model_id != '{model.modelId()}'").count(), 0)

    def test_is_saved_and_loaded(self):
        self.model.write().overwrite().save(self.path("model"))
        loaded = self.longcast.ForecasterModel.load(self.path("model"))
        self.assertEqual(loaded.uid, self.model.uid)
        self.assertEqual(loaded.modelId(), self.model.modelId())
        self.assertEqual(json.loads(loaded.manifest()), json.loads(self.model.manifest()))
        self.assertFalse(loaded.hasSummary)
        self.assertEqual(
            self.rows(loaded.transform(self.history)), self.rows(self.model.transform(self.history))
        )
        with self.assertRaisesRegex(Py4JJavaError, "was loaded and has no summary"):
            loaded.summary()

    def test_keeps_its_params_through_save_and_copy(self):
        self.forecaster().write().overwrite().save(self.path("estimator"))
        loaded = self.longcast.Forecaster.load(self.path("estimator"))
        for kept in (loaded, loaded.copy()):
            values = {param.name: value for param, value in kept.extractParamMap().items()}
            self.assertEqual(values["seriesCols"], ["meter_id"])
            self.assertEqual(values["model.hiddenSize"], 8)
        self.assertIn("horizon: steps to predict", loaded.explainParams())
        shorter = loaded.fit(self.history, {loaded.horizon: 3})
        self.assertEqual(shorter.transform(self.history).count(), 4 * 3)
        self.assertEqual(loaded.fit(self.history).modelId(), self.model.modelId())

    def test_works_in_a_pipeline_in_a_new_session(self):
        doubled = SQLTransformer(statement="SELECT meter_id, ts, 2 * load AS load FROM __THIS__")
        fitted = Pipeline(stages=[doubled, self.forecaster()]).fit(self.history)
        fitted.write().overwrite().save(self.path("pipeline"))
        Pipeline(stages=[doubled, self.forecaster()]).write().overwrite().save(self.path("stages"))
        self.assertEqual(len(Pipeline.load(self.path("stages")).getStages()), 2)
        loaded = PipelineModel.load(self.path("pipeline"))
        self.assertIsInstance(loaded.stages[1], self.longcast.ForecasterModel)
        other = meters(self.spark.newSession())
        self.assertEqual(
            self.rows(loaded.transform(other)), self.rows(fitted.transform(self.history))
        )

    def test_backtests_at_rolling_origins(self):
        result = self.forecaster().backtest(self.history, 2)
        self.assertGreater(result.metrics().where("fold = 2 and metric = 'mase'").count(), 3)
        skill = result.skills()[0]
        self.assertEqual(skill.series, 4)
        self.assertLessEqual(skill.lower, skill.skill)

    def test_detects(self):
        detector = (
            self.longcast.AnomalyDetector()
            .setForecaster(self.model)
            .setAlarmBudget(1)
            .fit(self.history)
        )
        scored = detector.transform(self.history)
        self.assertEqual(scored.columns[:4], self.history.columns)
        self.assertEqual(scored.count(), self.history.count())
        spike = 1704067200 + 3600 * (STEPS - 30)
        found = scored.where(f"is_anomaly and meter_id = 'm3' and unix_seconds(ts) = {spike}")
        self.assertEqual(found.where("load > upper").count(), 1)
        self.assertGreater(detector.events(self.history).where("series_id = 'm3'").count(), 0)
        detector.write().overwrite().save(self.path("detector"))
        loaded = self.longcast.AnomalyDetectorModel.load(self.path("detector"))
        order = ["series_id", "timestamp"]
        self.assertEqual(
            loaded.anomalies(self.history).orderBy(order).collect(),
            detector.anomalies(self.history).orderBy(order).collect(),
        )

    def test_classifies(self):
        labelled = self.history.selectExpr(
            "*", "cast(load > 20 as int) as high", "load + 0.01 as other"
        )
        classifier = self.longcast.SequenceClassifier(
            seriesCols=["meter_id"], timestampCol="ts", targetCols=["load"], frequency="1h"
        )
        classifier.setLabelCol("high").setContextLength(24).setSeed(7)
        classifier.set("model.hiddenSize", 4).set("training.steps", 10)
        model = classifier.fit(labelled)
        self.assertEqual(model.classes(), ["0", "1"])
        self.assertGreater(model.transform(self.history).count(), 0)

    def test_finds_the_abnormal_session_of_a_log(self):
        detector = (
            self.longcast.LogAnomalyDetector()
            .setLineCol("text")
            .set("logs.lines.pattern", "<Date> <Session> <Content>")
            .set("logs.lines.fields.timestamp", "<Date>")
            .set("logs.lines.fields.session", "<Session>")
            .set("training.steps", 20)
            .set("training.shards", 2)
        )
        model = detector.fit(self.lines(60, "closed after 17 ms"))
        recent = self.lines(20, "disk on fire, giving up")
        (found,) = model.transform(recent).collect()
        self.assertTrue(found.is_anomaly)
        self.assertEqual(found.session_id, "s19")
        self.assertIn("disk on fire", found.line)
        self.assertEqual(model.transform(self.lines(20, "closed after 9 ms")).count(), 0)
        model.write().overwrite().save(self.path("log-model"))
        loaded = self.longcast.LogAnomalyDetectorModel.load(self.path("log-model"))
        self.assertEqual(loaded.modelId(), model.modelId())
        self.assertEqual(loaded.transform(recent).collect(), [found])
        renamed = recent.withColumnRenamed("text", "message")
        self.assertEqual(loaded.setLineCol("message").transform(renamed).collect(), [found])
        recent.coalesce(1).write.text(self.path("arriving-lines"))
        arriving = self.spark.readStream.text(self.path("arriving-lines"))
        streamed = model.setLineCol("value").transformStream(arriving)
        query = (
            streamed.where("table = 'log_anomalies'").select("log_anomalies.*").writeStream
            .format("memory").queryName("alarms_of_lines").trigger(availableNow=True).start()
        )
        query.awaitTermination()
        (alarm,) = self.spark.table("alarms_of_lines").collect()
        self.assertEqual(
            (alarm.session_id, alarm.line, alarm.state), ("s19", found.line, "open")
        )

    def lines(self, sessions, end):
        """Sessions of three messages each, the last of which ends as given."""
        lines = []
        for session in range(sessions):
            last = end if session == sessions - 1 else f"closed after {session} ms"
            for second, message in enumerate(["opened", f"read {7 * session} bytes", last]):
                time = f"2024-01-01T{session // 60:02d}:{session % 60:02d}:{second:02d}Z"
                lines.append((f"{time} s{session} {message}",))
        return self.spark.createDataFrame(lines, "text string").coalesce(1)

    def test_sets_serving_by_key(self):
        negative = self.history.selectExpr("meter_id", "ts", "load - 20 as load")
        model = self.longcast.ForecasterModel.load(self.saved())
        self.assertGreater(model.transform(negative).where("lower_95 < 0").count(), 0)
        model.set("forecast.nonNegative", True)
        self.assertEqual(model.transform(negative).where("lower_95 < 0").count(), 0)

    def saved(self):
        self.model.write().overwrite().save(self.path("serving"))
        return self.path("serving")

    def test_refuses_a_bad_setting_when_it_is_set(self):
        forecaster = self.longcast.Forecaster()
        for setting, message in {
            ("model.hiddenSize", 0): "model.hiddenSize",
            ("model.hidenSize", 8): 'did you mean "hiddenSize"',
            ("horizon", 0): "horizon must be >= 1",
        }.items():
            with self.assertRaisesRegex(IllegalArgumentException, message):
                forecaster.set(*setting)
        with self.assertRaisesRegex(TypeError, "horizon"):
            forecaster.setHorizon("long")
        self.assertEqual(forecaster.extractParamMap(), {})

    def test_names_a_missing_column(self):
        with self.assertRaisesRegex(IllegalArgumentException, 'column "lod" is missing'):
            self.forecaster().setTargetCols(["lod"]).fit(self.history)

    def test_mirrors_the_params_of_the_java_api(self):
        estimators = {name + "Model" for name in self.longcast.__all__} & set(self.longcast.__all__)
        self.assertEqual(len(estimators), 4)
        for name in (model.replace("Model", "") for model in estimators):
            wrapper = getattr(self.longcast, name)()
            java = {p.name(): p.doc() for p in wrapper._java_obj.params()}
            self.assertEqual({p.name: p.doc for p in wrapper.params}, java)
            for param in java:
                if "." not in param:
                    setter = "set" + param[0].upper() + param[1:]
                    self.assertTrue(callable(getattr(wrapper, setter)), setter)


class UnsuitableSessionTest(unittest.TestCase):
    """Processes of their own: a process has sessions of one kind and one class path."""

    PROGRAM = """
import os, sys
sys.path.insert(0, sys.argv[1])
import longcast
from pyspark.sql import SparkSession
if "SPARK_CONNECT_MODE_ENABLED" not in os.environ:  # pyspark sets it when a session is remote
    SparkSession.builder.master("local[1]").getOrCreate()
for unsuitable in (longcast.Forecaster, longcast.LogAnomalyDetector, longcast.ForecasterModel.read):
    try:
        unsuitable()
    except RuntimeError as error:
        print(error)
"""

    def errors(self, **variables):
        return run(sys.executable, "-c", self.PROGRAM, JAR, **variables).stdout.splitlines()

    def test_says_what_to_use_in_place_of_a_spark_connect_session(self):
        errors = self.errors(SPARK_CONNECT_MODE_ENABLED="1")
        self.assertEqual(len(errors), 3)
        for error in errors:
            self.assertIn("longcast needs a session with a JVM", error)
            self.assertIn(f"spark-submit --jars {NAME} --py-files {NAME}", error)

    def test_says_how_to_start_a_session_with_the_jar(self):
        errors = self.errors()
        for error, name in zip(errors, ("Forecaster", "LogAnomalyDetector", "ForecasterModel")):
            self.assertIn(f"the Java class io.longcast.spark.{name} is not on the class", error)
            self.assertIn(f"--jars {NAME}", error)
        self.assertEqual(len(errors), 3)


if __name__ == "__main__":
    unittest.main()
