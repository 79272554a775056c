package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longcast.clean.RowCounts;
import io.longcast.series.Frequency;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * What reading and cleaning made of a case, with assertions on it.
 *
 * @param rows counts of the rows
 * @param layout names of the rows
 * @param frequency the grid's step
 * @param segments the series
 * @param rejects why rows were rejected
 */
record CleanedCase(
    RowCounts rows,
    SeriesLayout layout,
    Frequency frequency,
    List<Segment> segments,
    List<String> rejects) {

  CleanedCase used(long used, long rejected) {
    assertThat(rows.used()).isEqualTo(used);
    assertThat(rows.rejected()).isEqualTo(rejected);
    return this;
  }

  CleanedCase cellsRejected(long cells) {
    assertThat(rows.cells()).isEqualTo(cells);
    return this;
  }

  CleanedCase ids(String... ids) {
    assertThat(segments).extracting(Segment::seriesId).containsExactlyInAnyOrder(ids);
    return this;
  }

  CleanedCase channels(String... names) {
    assertThat(layout.channels()).containsExactly(names);
    return this;
  }

  CleanedCase every(String step) {
    assertThat(frequency).hasToString(step);
    return this;
  }

  CleanedCase rejects(int count, String reason) {
    assertThat(rejects.stream().filter(why -> why.contains(reason))).hasSize(count);
    return this;
  }

  private Segment segment(String id) {
    return segments.stream()
        .filter(each -> each.seriesId().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no series " + id));
  }

  /** So many steps, all of them observed in the first channel. */
  CleanedCase complete(String id, int steps) {
    return observed(id, 0, steps, steps);
  }

  CleanedCase observed(String id, int channel, int steps, int observed) {
    Segment segment = segment(id);
    assertThat(segment.length()).isEqualTo(steps);
    int found = 0;
    for (int step = 0; step < steps; step++) {
      found += segment.isObserved(channel, step) ? 1 : 0;
    }
    assertThat(found).isEqualTo(observed);
    return this;
  }

  /** The first values of a channel. */
  CleanedCase begins(String id, int channel, double... values) {
    for (int step = 0; step < values.length; step++) {
      assertThat(value(segment(id), channel, step))
          .as("step %d of %s", step, id)
          .isCloseTo(values[step], within(Math.abs(values[step]) * 1e-6));
    }
    return this;
  }

  /** The value of the first channel at a time. */
  CleanedCase at(String id, String time, double value) {
    Segment segment = segment(id);
    for (int step = 0; step < segment.length(); step++) {
      if (segment.axis().instant(step).orElseThrow().equals(Instant.parse(time))) {
        assertThat(value(segment, 0, step)).isCloseTo(value, within(Math.abs(value) * 1e-6));
        assertThat(segment.isObserved(0, step)).isTrue();
        return this;
      }
    }
    throw new AssertionError("no step at " + time);
  }

  /** All values of a channel. */
  double[] values(String id, int channel) {
    Segment segment = segment(id);
    double[] values = new double[segment.length()];
    Arrays.setAll(values, step -> value(segment, channel, step));
    return values;
  }

  private static double value(Segment segment, int channel, int step) {
    return segment.row(channel).get(step);
  }

  CleanedCase from(String id, String time) {
    assertThat(segment(id).axis().instant(0)).contains(Instant.parse(time));
    return this;
  }

  /** The times that a forecast would be for. */
  CleanedCase next(String id, String... times) {
    Segment segment = segment(id);
    for (int step = 0; step < times.length; step++) {
      assertThat(segment.axis().instant(segment.length() + step))
          .contains(Instant.parse(times[step]));
    }
    return this;
  }
}
