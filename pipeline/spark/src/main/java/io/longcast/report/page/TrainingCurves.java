package io.longcast.report.page;

import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.longcast.table.TrainingHistoryTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** The rounds of a training as they are drawn. */
public final class TrainingCurves {
  private static final int MAX_ROUNDS = 600;
  private static final int MAX_ROWS = 5_000;
  private static final String ROUNDS = "rounds";

  private TrainingCurves() {}

  /**
   * At most {@value #MAX_ROUNDS} rounds of the first member, which is drawn, at equal distances; of
   * all members the first round and those with a recovery; each with the rounds and seconds of its
   * member. One scan, one shuffle by member.
   */
  public static TableView of(Dataset<Row> history) {
    WindowSpec member = Window.partitionBy(TrainingHistoryTable.MEMBER);
    Column every = ceil(col(ROUNDS).divide(lit(MAX_ROUNDS)));
    Column event = col(TrainingHistoryTable.EVENT);
    return TableView.of(
        history
            .withColumn(ROUNDS, count("*").over(member))
            .withColumn("member_seconds", sum(TrainingHistoryTable.SECONDS).over(member))
            .where(
                col(TrainingHistoryTable.MEMBER)
                    .equalTo(1)
                    .and(col(TrainingHistoryTable.ROUND).mod(every).equalTo(lit(0)))
                    .or(col(TrainingHistoryTable.ROUND).equalTo(1))
                    .or(event.isNotNull().and(event.notEqual(TrainingHistoryTable.CLIPPED))))
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
                TrainingHistoryTable.SECONDS_BY_PART,
                ROUNDS,
                "member_seconds")
            .orderBy(TrainingHistoryTable.MEMBER, TrainingHistoryTable.ROUND),
        MAX_ROWS);
  }
}
