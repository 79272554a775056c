package io.longcast.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentTest {

  @Test
  void slicesObservedBitsAtAnyOffset() {
    Random random = new Random(1);
    int length = 300;
    long[] bits = {random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong(), 7};
    RowAxis axis = new RowAxis(10, null);
    Segment whole =
        Segment.whole("a", axis, length, new float[1][length], new long[][] {bits}, new int[0]);
    for (int from = 0; from < 140; from += 7) {
      Segment part = whole.slice(from, from + 129, from + 129, from, from + 1);
      for (int t = 0; t < 129; t++) {
        assertThat(part.isObserved(0, t)).isEqualTo(whole.isObserved(0, from + t));
      }
      assertThat(part.seriesStep()).isEqualTo(from);
      assertThat(part.axis().row(0)).contains(10L + from);
    }
  }

  @Test
  void dropsTheBitSetOfAStretchWithoutGaps() {
    long[] bits = {-1L, -1L & ~(1L << 63)};
    Segment whole =
        Segment.whole(
            "a", new RowAxis(0, null), 128, new float[1][128], new long[][] {bits}, new int[0]);
    assertThat(whole.slice(0, 100, 100, 0, 1).observed(0)).isNull();
    assertThat(whole.slice(60, 128, 128, 60, 61).observed(0)).isNotNull();
  }

  @Test
  void keepsOnlyItsOwnTimesOfARowAxis() {
    RowAxis axis = new RowAxis(5, new long[] {10, 20, RowAxis.ABSENT, 40, 50});
    RowAxis part = (RowAxis) axis.slice(1, 3);
    assertThat(part.timedSteps()).isEqualTo(3);
    assertThat(part.micros(0)).isEqualTo(20);
    assertThat(part.instant(1)).isEmpty();
    assertThat(part.row(2)).contains(8L);
    assertThat(part.micros(3)).isEqualTo(RowAxis.ABSENT);
  }

  @Test
  void twoSlicesFollowedByEachOtherAreTheWhole() {
    long[] bits = {0x5a5a_1234_5678_9abcL, -1L, 3};
    long[] micros = java.util.stream.LongStream.range(0, 130).toArray();
    Segment whole =
        Segment.whole(
            "a",
            new RowAxis(10, micros),
            130,
            new float[][] {floats(130), floats(140)},
            new long[][] {bits, null},
            new int[0]);
    for (int cut : new int[] {1, 63, 64, 70, 129}) {
      Segment first = whole.slice(0, cut, cut, 0, 0);
      Segment both = first.followedBy(whole.slice(cut, 130, 140, cut, cut));
      assertThat(both.length()).isEqualTo(130);
      assertThat(both.row(0).toFloats()).isEqualTo(whole.row(0).toFloats());
      assertThat(both.row(1).toFloats()).isEqualTo(whole.row(1).toFloats());
      assertThat(both.axis()).isEqualTo(whole.axis());
      for (int t = 0; t < 130; t++) {
        assertThat(both.isObserved(0, t)).isEqualTo(whole.isObserved(0, t));
        assertThat(both.isObserved(1, t)).isTrue();
      }
    }
    assertThatThrownBy(() -> whole.slice(0, 5, 5, 0, 0).followedBy(whole.slice(6, 9, 9, 6, 6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("does not follow on");
  }

  private static float[] floats(int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = i;
    }
    return floats;
  }

  @Test
  void refusesOriginsPastItsEnd() {
    assertThatThrownBy(
            () ->
                new Segment(
                    "a",
                    0,
                    3,
                    new RowAxis(0, null),
                    3,
                    SeriesValues.rows(new float[1][3]),
                    null,
                    new int[0],
                    0,
                    9,
                    1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("origins 0..9");
  }
}
