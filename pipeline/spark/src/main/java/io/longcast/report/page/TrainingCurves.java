package io.longcast.report.page;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.longcast.table.TrainingHistoryTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rounds of a training as they are drawn. */
public final class TrainingCurves {
  private static final int MAX_ROUNDS = 600;

  private TrainingCurves() {}

  /** At most {@value #MAX_ROUNDS} rounds, at equal distances; one scan. */
  public static TableView of(Dataset<Row> history) {
    long rounds = history.count();
    long every = Math.max(1, (rounds + MAX_ROUNDS - 1) / MAX_ROUNDS);
    return TableView.of(
        history
            .where(
                col(TrainingHistoryTable.ROUND)
                    .mod(lit(every))
                    .equalTo(lit(0))
                    .or(col(TrainingHistoryTable.ROUND).equalTo(1)))
            .select(
                TrainingHistoryTable.MEMBER,
                TrainingHistoryTable.ROUND,
                TrainingHistoryTable.STEPS,
                TrainingHistoryTable.TRAINING_LOSS,
                TrainingHistoryTable.VALIDATION_LOSS,
                TrainingHistoryTable.LEARNING_RATE,
                TrainingHistoryTable.GRADIENT_NORM,
                TrainingHistoryTable.PARAMETER_NORM,
                TrainingHistoryTable.UPDATE_NORM,
                TrainingHistoryTable.EVENT,
                TrainingHistoryTable.SECONDS,
                TrainingHistoryTable.SECONDS_BY_PART)
            .orderBy(TrainingHistoryTable.MEMBER, TrainingHistoryTable.ROUND),
        MAX_ROUNDS + 1);
  }
}
