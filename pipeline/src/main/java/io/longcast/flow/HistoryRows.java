package io.longcast.flow;

import io.longcast.table.TrainingHistoryTable;
import io.longcast.train.RoundRecord;
import io.longcast.train.TrainingResult;
import io.longcast.write.TableSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** Writes the learning curve to the training history table: one row a round. */
final class HistoryRows {
  private HistoryRows() {}

  static void write(SparkSession spark, TableSink sink, String modelId, TrainingResult result) {
    List<Row> rows = new ArrayList<>();
    long windows = 0;
    for (RoundRecord round : result.history()) {
      windows += round.windows();
      rows.add(row(modelId, round, windows));
    }
    sink.replace(
        spark.createDataFrame(rows, TrainingHistoryTable.SCHEMA),
        TrainingHistoryTable.TABLE,
        Map.of(TrainingHistoryTable.MODEL_ID, modelId));
  }

  private static Row row(String modelId, RoundRecord round, long windows) {
    return RowFactory.create(
        modelId,
        (int) round.round(),
        round.step(),
        windows,
        round.trainLoss(),
        Double.isNaN(round.validationLoss()) ? null : round.validationLoss(),
        round.rate(),
        round.mostGradientNorm(),
        null,
        null,
        null,
        round.seconds(),
        seconds(round));
  }

  private static Map<String, Double> seconds(RoundRecord round) {
    return Map.of(
        "compute", round.computeSeconds(),
        "broadcast", round.broadcastSeconds(),
        "reduce", round.reduceSeconds(),
        "wait", round.waitSeconds());
  }
}
