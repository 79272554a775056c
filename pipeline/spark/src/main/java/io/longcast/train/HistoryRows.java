package io.longcast.train;

import io.longcast.table.TrainingHistoryTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/** The learning curve as rows of {@link TrainingHistoryTable}. */
public final class HistoryRows {
  private HistoryRows() {}

  /** One row a round, member after member; no shuffle. */
  public static Dataset<Row> of(SparkSession session, String modelId, TrainingResult result) {
    List<Row> rows = new ArrayList<>();
    int member = 0;
    for (List<RoundRecord> records : TrainingResult.byMember(result.history())) {
      member++;
      long windows = 0;
      for (RoundRecord record : records) {
        windows += record.windows();
        rows.add(row(modelId, member, record, windows, event(result, member, record)));
      }
    }
    return session.createDataFrame(rows, TrainingHistoryTable.SCHEMA);
  }

  private static Row row(
      String modelId, int member, RoundRecord record, long windows, String event) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(TrainingHistoryTable.MODEL_ID, modelId);
    values.put(TrainingHistoryTable.MEMBER, member);
    values.put(TrainingHistoryTable.ROUND, Math.toIntExact(record.round()));
    values.put(TrainingHistoryTable.STEPS, record.step());
    values.put(TrainingHistoryTable.WINDOWS, windows);
    values.put(TrainingHistoryTable.TRAINING_LOSS, record.trainLoss());
    values.put(
        TrainingHistoryTable.VALIDATION_LOSS,
        Double.isNaN(record.validationLoss()) ? null : record.validationLoss());
    values.put(TrainingHistoryTable.LEARNING_RATE, record.rate());
    values.put(TrainingHistoryTable.GRADIENT_NORM, record.maxGradientNorm());
    values.put(TrainingHistoryTable.PARAMETER_NORM, record.parameterNorm());
    values.put(TrainingHistoryTable.UPDATE_NORM, record.updateNorm());
    values.put(TrainingHistoryTable.CLIPPED_SHARE, record.clippedShare());
    values.put(
        TrainingHistoryTable.GRADIENT_NORM_BY_LAYER,
        byLayer(record, RoundRecord.Layer::gradientNorm));
    values.put(
        TrainingHistoryTable.CLIPPED_SHARE_BY_LAYER,
        byLayer(record, RoundRecord.Layer::clippedShare));
    values.put(
        TrainingHistoryTable.GRADIENT_NORM_BY_TIME_STEP,
        record.timeStepNorms().isEmpty() ? null : record.timeStepNorms().toArray());
    values.put(TrainingHistoryTable.WINDOWS_PER_SECOND, record.windowsPerSecond());
    values.put(TrainingHistoryTable.STRAGGLER_SHARE, record.stragglerShare());
    values.put(TrainingHistoryTable.EVENT, event);
    values.put(TrainingHistoryTable.SECONDS, record.seconds());
    values.put(TrainingHistoryTable.SECONDS_BY_PART, parts(record));
    Object[] row = new Object[TrainingHistoryTable.SCHEMA.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = values.get(TrainingHistoryTable.SCHEMA.fieldNames()[i]);
    }
    return RowFactory.create(row);
  }

  /** Null where nothing happened in the round. */
  private static String event(TrainingResult result, int member, RoundRecord record) {
    return result.recoveries().stream()
        .filter(recovery -> Math.max(1, recovery.member()) == member)
        .filter(recovery -> recovery.round() == record.round())
        .findFirst()
        .map(recovery -> recovery.action().event())
        .orElse(record.clippedShare() > 0 ? TrainingHistoryTable.CLIPPED : null);
  }

  private static Map<String, Double> byLayer(
      RoundRecord record, ToDoubleFunction<RoundRecord.Layer> figure) {
    Map<String, Double> figures = new LinkedHashMap<>();
    record.layers().forEach(layer -> figures.put(layer.name(), figure.applyAsDouble(layer)));
    return figures.isEmpty() ? null : figures;
  }

  private static Map<String, Double> parts(RoundRecord record) {
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("compute", record.computeSeconds());
    parts.put("broadcast", record.broadcastSeconds());
    parts.put("reduce", record.reduceSeconds());
    parts.put("wait", record.waitSeconds());
    parts.put("validation", record.validationSeconds());
    return parts;
  }
}
