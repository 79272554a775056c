package io.longcast.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.series.CalendarSpec;
import io.longcast.series.RowAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.window.CutterSpec;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowStratumTest {
  private static final SplitSpec SPLIT = new SplitSpec(1, 0, 0, 0, 0);

  private static Set<WindowStratum> groups(float[] values, long[] observed) {
    CutterSpec cutter =
        new CutterSpec(
            new WindowSpec(8, 2, 1), SeriesLayout.of("value"), new CalendarSpec(List.of()), false);
    Segment segment =
        Segment.whole(
            "s",
            new RowAxis(0, null),
            values.length,
            new float[][] {values},
            new long[][] {observed},
            new int[0]);
    WindowBatch windows = cutter.open().newBatch(1);
    cutter.open().cut(segment, 0, values.length - 2, windows);
    return WindowStratum.of(windows, 0, SPLIT);
  }

  private static float[] waves(int length) {
    float[] x = new float[length];
    for (int t = 0; t < length; t++) {
      x[t] = 10 + t % 3;
    }
    return x;
  }

  @Test
  void putsAnOrdinaryWindowWithTheRest() {
    assertThat(groups(waves(20), null)).containsExactly(WindowStratum.REGULAR);
  }

  @Test
  void knowsASeriesThatGaveNoTrainingWindow() {
    assertThat(groups(waves(10), null)).containsExactly(WindowStratum.UNSEEN);
    assertThat(groups(waves(6), null)).containsExactly(WindowStratum.UNSEEN, WindowStratum.SHORT);
  }

  @Test
  void knowsAWindowThatNeverChanges() {
    assertThat(groups(new float[20], null)).containsExactly(WindowStratum.CONSTANT);
  }

  @Test
  void knowsGapsInTheContextAlone() {
    assertThat(groups(waves(20), new long[] {~(1L << 14)})).containsExactly(WindowStratum.GAPS);
    assertThat(groups(waves(20), new long[] {~(1L << 3)})).containsExactly(WindowStratum.REGULAR);
  }

  @Test
  void knowsAShiftOfLevelAtAFarZero() {
    float[] x = waves(20);
    for (int t = 14; t < 20; t++) {
      x[t] += 30;
    }
    assertThat(groups(x, null)).containsExactly(WindowStratum.LEVEL_SHIFT);
  }
}
