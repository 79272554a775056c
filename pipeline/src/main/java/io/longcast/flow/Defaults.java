package io.longcast.flow;

import io.longcast.model.ModelSpec;
import io.longcast.model.defaults.Choice;
import io.longcast.model.defaults.DataProfile;
import io.longcast.model.defaults.ModelDefaults;
import io.longcast.scale.Transform;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowSpec;
import org.apache.spark.api.java.JavaRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the data as far as the choices need it that a run left open. One light scan. */
final class Defaults {
  private static final Logger LOG = LoggerFactory.getLogger(Defaults.class);

  private Defaults() {}

  /**
   * The network with nothing left open; every choice is logged with its reason.
   *
   * @param split only what lies before its calibration and validation parts is looked at
   * @param season usual for such data, 1 for none
   */
  static ModelSpec close(
      ModelSpec open,
      WindowSpec window,
      SplitSpec split,
      int season,
      SeriesLayout layout,
      JavaRDD<Segment> segments) {
    boolean asks = open.scaling().transform() == Transform.AUTO;
    boolean positive =
        asks && allPositive(segments, layout.channels().size(), heldBack(window, split));
    Choice choice =
        ModelDefaults.close(
            open, window.contextLength(), new DataProfile(season, window.horizon(), positive));
    choice.reasons().forEach(reason -> LOG.info("model: {}", reason));
    return choice.model();
  }

  /** Steps at the end of a series that training does not see. */
  private static int heldBack(WindowSpec window, SplitSpec split) {
    return split.holdoutSteps() + (split.folds() + split.calibrationFolds()) * window.horizon();
  }

  private static boolean allPositive(JavaRDD<Segment> segments, int channels, int heldBack) {
    return segments
        .map(segment -> positive(segment, channels, segment.length() - heldBack))
        .fold(true, Boolean::logicalAnd);
  }

  private static boolean positive(Segment segment, int channels, int end) {
    for (int channel = 0; channel < channels; channel++) {
      float[] values = segment.row(channel);
      for (int step = 0; step < end; step++) {
        if (values[step] <= 0) {
          return false;
        }
      }
    }
    return true;
  }
}
