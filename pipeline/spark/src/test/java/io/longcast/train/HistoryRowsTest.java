package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.table.TrainingHistoryTable;
import io.longcast.testing.SharedSession;
import io.longcast.train.round.Fault;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class HistoryRowsTest {

  private static RoundRecord record(long round, double clipped, double validation) {
    return new RoundRecord(
        round,
        5 * round,
        0.5,
        validation,
        0.001,
        2,
        3,
        clipped,
        40,
        80,
        0.5,
        0.3,
        0.1,
        0.04,
        0.06,
        0.07,
        0.2,
        7,
        0.5,
        List.of(
            new RoundRecord.Layer("lstm0", 1.5, 2.5, clipped),
            new RoundRecord.Layer("head", 0.5, 1, 0)),
        List.of(0.25, 0.75));
  }

  @Test
  void writesOneRowARoundWithSecondsByPart() {
    TrainingResult result =
        new TrainingResult(
            new float[1],
            new float[2],
            15,
            3,
            0.25,
            "numerics",
            "print",
            List.of(record(1, 0, Double.NaN), record(2, 0.5, Double.NaN), record(3, 0.5, 0.25)),
            List.of(excluded(3)));

    List<Row> rows = HistoryRows.of(SharedSession.get(), "m1", result).collectAsList();

    assertThat(rows)
        .extracting(row -> row.getAs(TrainingHistoryTable.EVENT))
        .containsExactly(null, "clipped", "windows-excluded");
    assertThat(rows)
        .extracting(row -> row.getAs(TrainingHistoryTable.WINDOWS))
        .containsExactly(40L, 80L, 120L);
    assertThat(rows)
        .extracting(row -> row.getAs(TrainingHistoryTable.VALIDATION_LOSS))
        .containsExactly(null, null, 0.25);
    assertThat(rows.get(0).<String, Double>getJavaMap(rows.get(0).fieldIndex("seconds_by_part")))
        .isEqualTo(
            Map.of(
                "compute",
                0.3,
                "broadcast",
                0.1,
                "reduce",
                0.04,
                "wait",
                0.06,
                "validation",
                0.07));
    assertThat(rows.get(1).getJavaMap(rows.get(1).fieldIndex("gradient_norm_by_layer")))
        .hasToString("{lstm0=1.5, head=0.5}");
    assertThat(rows.get(1).getJavaMap(rows.get(1).fieldIndex("clipped_share_by_layer")))
        .hasToString("{lstm0=0.5, head=0.0}");
    assertThat(rows.get(1).getList(rows.get(1).fieldIndex("gradient_norm_by_time_step")))
        .hasToString("[0.25, 0.75]");
    assertThat(rows.get(1).<Double>getAs("update_norm")).isEqualTo(0.5);
    assertThat(rows.get(1).<Double>getAs("windows_per_second")).isEqualTo(80);
  }

  @Test
  void keepsTheHistoryOfEveryMember() {
    TrainingResult first = member(List.of(record(1, 0, .5), record(2, 0, .4)), List.of());
    TrainingResult second =
        member(List.of(record(1, 0, .7), record(2, 0, .6)), List.of(excluded(2)));

    List<Row> rows =
        HistoryRows.of(SharedSession.get(), "m1", TrainingResult.joined(List.of(first, second)))
            .collectAsList();

    assertThat(rows)
        .extracting(row -> row.getAs(TrainingHistoryTable.MEMBER))
        .containsExactly(1, 1, 2, 2);
    assertThat(rows)
        .extracting(row -> row.getAs(TrainingHistoryTable.VALIDATION_LOSS))
        .containsExactly(.5, .4, .7, .6);
    assertThat(rows)
        .extracting(row -> row.getAs(TrainingHistoryTable.WINDOWS))
        .containsExactly(40L, 80L, 40L, 80L);
    assertThat(rows)
        .extracting(row -> row.getAs(TrainingHistoryTable.EVENT))
        .containsExactly(null, null, null, "windows-excluded");
  }

  private static TrainingRecovery excluded(long round) {
    Fault fault =
        new Fault(
            1, 3, Fault.Kind.LOSS_NOT_FINITE, Double.NaN, Double.POSITIVE_INFINITY, "", List.of());
    return new TrainingRecovery(
        0,
        round,
        TrainingRecovery.Action.EXCLUDE_WINDOWS,
        1,
        List.of("rate lowered, gradients cut, channel 0, origin 9"),
        List.of(fault));
  }

  private static TrainingResult member(
      List<RoundRecord> history, List<TrainingRecovery> recoveries) {
    return new TrainingResult(
        new float[1], new float[2], 10, 2, 0.25, "numerics", "print", history, recoveries);
  }
}
