package io.longcast.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.label.StepLabels.Interval;
import io.longcast.series.Frequency;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepLabelsTest {
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final SeriesLayout LAYOUT = SeriesLayout.of("value");

  @Test
  void labelsTheStepsThatAnIntervalCovers() {
    assertThat(codes(1)).containsExactly(0, 0, 1, 0, 0, 0, 2, 2, 0, 0);
  }

  @Test
  void tellsOfTheNewestClassAmongTheStepsOfTheSpan() {
    assertThat(codes(3)).containsExactly(0, 0, 1, 1, 1, 0, 2, 2, 2, 2);
    assertThat(codes(5)).containsExactly(0, 0, 1, 1, 1, 1, 2, 2, 2, 2);
  }

  @Test
  void refusesASpanOfNoStep() {
    assertThatThrownBy(() -> new LabelSpec(Optional.empty(), List.of("labels"), 0, "normal"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels.span")
        .hasMessageContaining("found 0");
  }

  /** Ten hours: class 1 in hour 2, class 2 in hours 6 and 7. */
  private static float[] codes(int span) {
    List<Interval> intervals = List.of(interval(2, 3, 1), interval(6, 8, 2));
    StepLabels labels =
        new StepLabels(List.of("normal", "one", "two"), span, Map.of("s", intervals));
    GridAxis axis = new GridAxis(START, Frequency.parse("1h"), ZoneOffset.UTC);
    return labels.added(Segment.of("s", axis, new float[10]), LAYOUT).row(1).toFloats();
  }

  private static Interval interval(int from, int to, int code) {
    return new Interval(START.plusSeconds(3600L * from), START.plusSeconds(3600L * to), code);
  }
}
