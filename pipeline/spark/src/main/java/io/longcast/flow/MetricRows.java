package io.longcast.flow;

import io.longcast.backtest.Evaluation;
import io.longcast.evaluate.Metric;
import io.longcast.table.MetricsTable;
import io.longcast.write.TableSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Writes comparisons to the metrics table: one row a model and metric. */
public final class MetricRows {
  private MetricRows() {}

  public static void write(SparkSession spark, TableSink sink, String modelId, Evaluation verdict) {
    write(spark, sink, modelId, verdict, List.of());
  }

  /** All folds together, and each apart, numbered from 1, the oldest first. */
  public static void write(
      SparkSession spark,
      TableSink sink,
      String modelId,
      Evaluation together,
      List<? extends Evaluation> folds) {
    List<Row> rows = new ArrayList<>();
    add(rows, modelId, null, together);
    for (Evaluation.Group of : together.groups()) {
      add(rows, modelId, of.model(), of.group(), null, of.metrics());
    }
    for (int fold = 0; fold < folds.size(); fold++) {
      add(rows, modelId, fold + 1, folds.get(fold));
    }
    replace(spark, sink, modelId, rows);
  }

  /** Figures by model and metric. */
  public static void write(
      SparkSession spark,
      TableSink sink,
      String modelId,
      Map<String, Map<String, Double>> figures) {
    List<Row> rows = new ArrayList<>();
    figures.forEach(
        (model, metrics) ->
            metrics.forEach(
                (name, value) ->
                    rows.add(
                        RowFactory.create(modelId, model, null, null, null, name, value, null))));
    replace(spark, sink, modelId, rows);
  }

  private static void add(List<Row> rows, String modelId, Integer fold, Evaluation verdict) {
    verdict.metrics().forEach((model, all) -> add(rows, modelId, model, null, fold, all));
  }

  private static void add(
      List<Row> rows, String id, String model, String group, Integer fold, List<Metric> metrics) {
    for (Metric metric : metrics) {
      rows.add(
          RowFactory.create(
              id, model, null, group, fold, metric.name(), metric.value(), metric.count()));
    }
  }

  private static void replace(SparkSession spark, TableSink sink, String modelId, List<Row> rows) {
    sink.replace(
        spark.createDataFrame(rows, MetricsTable.SCHEMA),
        MetricsTable.TABLE,
        Map.of(MetricsTable.MODEL_ID, modelId));
  }
}
