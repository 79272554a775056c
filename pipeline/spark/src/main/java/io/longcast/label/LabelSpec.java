package io.longcast.label;

import io.longcast.settings.SettingChecks;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Where labels come from: a column or intervals.
 *
 * @param column a number column of the source with class codes 0, 1, ...; default absent
 * @param intervals Parquet folders of labelled intervals with the columns {@code series_id}, {@code
 *     start}, {@code end} (exclusive) and {@code kind}; default []
 * @param span lookback, in steps, for interval labels: the newest class beside normal among so many
 *     newest steps, at least 1; default 1, the class of the step itself
 * @param normal class of the steps that no interval covers; default {@code normal}
 */
public record LabelSpec(Optional<String> column, List<String> intervals, int span, String normal)
    implements Serializable {

  public LabelSpec {
    intervals = List.copyOf(intervals);
    SettingChecks.atLeast(span, 1, "labels.span");
    if (column.isPresent() && !intervals.isEmpty()) {
      throw new SettingException(
          List.of("labels.column", "labels.intervals"),
          "labels come from a column or from intervals, found both");
    }
  }

  /** Whether there are labels to learn. */
  public boolean present() {
    return column.isPresent() || !intervals.isEmpty();
  }

  /** The name of the label among the channels. */
  public String channel() {
    return column.orElse("label");
  }
}
