"""The README's example; run by .ci/python under plain spark-submit."""

import sys

from pyspark.sql import SparkSession

from longcast import AnomalyDetector, Forecaster, ForecasterModel

output = sys.argv[1]
spark = SparkSession.builder.getOrCreate()
history = spark.sql(
    """
    SELECT concat('m', id % 3) AS meter_id, timestamp_seconds(1704067200 + 3600 * (id div 3)) AS ts,
      20 + 5 * sin(2 * pi() * (id div 3) / 24) + 0.3 * sin(id * 12.9898)
        + IF(id = 1400, 40, 0) AS load
    FROM range(1500)
    """
)

model = (
    Forecaster()
    .setSeriesCols("meter_id").setTimestampCol("ts").setTargetCols("load")
    .setFrequency("1h").setHorizon(12).setSeed(7)
    .set("model.hiddenSize", 8).set("training.steps", 40)
    .fit(history)
)
model.summary().comparison().show()
model.transform(history).write.mode("overwrite").parquet(output + "/forecasts")
model.write().overwrite().save(output + "/model")

detector = (
    AnomalyDetector()
    .setForecaster(ForecasterModel.load(output + "/model"))
    .setAlarmBudget(1)
    .fit(history)
)
detector.transform(history).where("is_anomaly").show()
detector.events(history).show()
assert detector.events(history).count() > 0
