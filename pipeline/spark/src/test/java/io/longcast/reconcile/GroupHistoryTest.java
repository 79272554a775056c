package io.longcast.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupHistoryTest {
  private static final Instant NEWEST = Instant.parse("2024-01-04T00:00:00Z");
  private static final Frequency DAY = Frequency.parse("1d");
  private static final Members MEMBERS = new Members(NEWEST, 2, 10, 1, 0);
  private static final GroupHistory.Shape SHAPE =
      new GroupHistory.Shape(
          new SeriesLayout(List.of("v", "w"), List.of("p"), List.of("k"), List.of("region", "s")),
          5,
          2);

  private static Segment series(int first, int[] statics, float[][] rows, long[][] observed) {
    GridAxis axis =
        new GridAxis(Instant.parse("2024-01-0" + first + "T00:00:00Z"), DAY, ZoneOffset.UTC);
    return Segment.whole("s" + first, axis, rows[0].length, rows, observed, statics);
  }

  @Test
  void addsChannelsAndAveragesCovariatesUpToTheHorizon() {
    Segment old =
        series(
            1,
            new int[] {1, 1},
            new float[][] {{1, 2, 3, 4}, {5, 5, 5, 5}, {1, 1, 1, 1}, {0, 0, 0, 2, 4, 6}},
            new long[][] {{0b1011}, null});
    // Without an observed value of w, which is not forecast.
    Segment young =
        series(
            3,
            new int[] {1, 2},
            new float[][] {{10, 20}, {9, 9}, {3, 3}, {4, 4, 8}},
            new long[][] {{0b01}, {0}});
    GroupHistory one = new GroupHistory(SHAPE).add(old, MEMBERS);
    GroupHistory both = new GroupHistory(SHAPE).add(young, MEMBERS).merge(one);
    Segment group = both.segment("g", NEWEST, DAY, ZoneOffset.UTC);
    assertThat(group.row(0).toDoubles()).containsExactly(1, 2, 13, 24);
    assertThat(group.row(1).toDoubles()).containsExactly(5, 5, 5, 5);
    assertThat(group.row(2).toDoubles()).containsExactly(1, 1, 2, 2);
    assertThat(group.row(3).toDoubles()).containsExactly(0, 0, 2, 3, 6, 6);
    assertThat(group.isObserved(0, 2)).isTrue();
    assertThat(group.isObserved(0, 3)).isTrue();
    assertThat(group.statics()).containsExactly(1, 0);
    assertThat(group.axis().instant(3)).contains(NEWEST);
    assertThat(both.series() + both.members()).isEqualTo(4);
  }
}
