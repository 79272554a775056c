package io.longcast.flow;

import io.longcast.backtest.Comparison;
import io.longcast.backtest.ModelScores;
import io.longcast.evaluate.Metric;
import io.longcast.table.MetricsTable;
import io.longcast.write.TableSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Writes a comparison to the metrics table: one row a model and metric. */
final class MetricRows {
  private MetricRows() {}

  static void write(SparkSession spark, TableSink sink, String modelId, Comparison comparison) {
    List<Row> rows = new ArrayList<>();
    for (ModelScores model : comparison.models()) {
      for (Metric metric : model.pooled().metrics()) {
        rows.add(
            RowFactory.create(
                modelId,
                model.name(),
                null,
                null,
                null,
                metric.name(),
                metric.value(),
                metric.count()));
      }
    }
    sink.replace(
        spark.createDataFrame(rows, MetricsTable.SCHEMA),
        MetricsTable.TABLE,
        Map.of(MetricsTable.MODEL_ID, modelId));
  }
}
