package io.longcast.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.clean.CleanSpec.Gaps;
import io.longcast.clean.CleanSpec.Grid;
import io.longcast.series.Segment;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsTest {
  private static final float NONE = Float.NaN;

  @Test
  void fillsGapsByEachPolicyAndNothingElse() {
    assertThat(filled(Gaps.LEAVE, 1, NONE, NONE, 4)).containsExactly(1, 1, 1, 4);
    assertThat(filled(Gaps.HOLD, NONE, 2, NONE, NONE)).containsExactly(2, 2, 2, 2);
    assertThat(filled(Gaps.LINEAR, 1, NONE, NONE, 4, NONE)).containsExactly(1, 2, 3, 4, 4);
    assertThat(filled(Gaps.SEASONAL, 1, 2, 3, NONE, NONE, NONE, NONE))
        .containsExactly(1, 2, 3, 2, 3, 2, 3);
    assertThat(filled(Gaps.SEASONAL, 1, NONE, 5)).containsExactly(1, 1, 5);
    assertThat(filled(Gaps.LINEAR, NONE, NONE)).containsExactly(0, 0);
  }

  @Test
  void fillingNeverLooksPastTheOriginButForLinear() {
    for (Gaps policy : List.of(Gaps.LEAVE, Gaps.HOLD, Gaps.SEASONAL)) {
      double[] poisoned = filled(policy, 1, 2, NONE, NONE, 1e30f);
      assertThat(Arrays.copyOf(poisoned, 4))
          .as(policy.name())
          .isEqualTo(Arrays.copyOf(filled(policy, 1, 2, NONE, NONE, 3), 4));
    }
    assertThat(filled(Gaps.LINEAR, 1, NONE, 1e30f)[1]).isNotEqualTo(1);
  }

  private static double[] filled(Gaps policy, double... values) {
    new GapFiller(policy, 10, 2).fill(values);
    return values;
  }

  @Test
  void keepsRowsAsTheyAreWithTheirNumbersEvenWhereOneWasRejected() {
    Cleaning cleaning = Cleaning.hourly();
    cleaning.grid = Grid.ROWS;
    SeriesBuffer rows =
        Cleaning.rows(
            "2024-01-01T05:00:00Z", 1, "2024-01-01T05:00:00Z", 2, "2024-01-01T03:00:00Z", null);
    rows.addRejected(new RejectedRow("read", null, "a", SeriesBuffer.NO_TIME, "bad", "{}"), true);
    Cleaning.add(rows, null, 7);
    SeriesOutcome series = cleaning.clean(rows);
    Segment segment = series.segment();
    assertThat(segment.row(0).toFloats()).containsExactly(1, 2, 2, 2, 7);
    assertThat(segment.isObserved(0, 2)).isFalse();
    assertThat(segment.isObserved(0, 3)).isFalse();
    assertThat(segment.axis().row(4)).contains(4L);
    assertThat(segment.axis().instant(2)).contains(Instant.parse("2024-01-01T03:00:00Z"));
    assertThat(segment.axis().instant(4)).isEmpty();
    assertThat(series.account()).isEqualTo(new RowCounts(5, 4, 1, 0, 1, 1));
  }

  @Test
  void codesCategoriesInTheirOrderAndTheUnseenAsZero() {
    CategoryCodes codes = new CategoryCodes(List.of(List.of("b", "a", "b")));
    assertThat(codes.code(0, "a")).isEqualTo(1);
    assertThat(codes.code(0, "b")).isEqualTo(2);
    assertThat(codes.code(0, "c")).isZero();
    assertThat(codes.code(0, null)).isZero();
    assertThat(codes.codes(0)).isEqualTo(3);
  }
}
