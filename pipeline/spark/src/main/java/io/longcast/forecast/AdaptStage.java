package io.longcast.forecast;

import io.longcast.model.ForecasterFactory;
import io.longcast.window.Block;
import io.longcast.window.CutterSpec;
import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import org.apache.spark.api.java.JavaRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adaptive conformal update of the intervals with the actual values of past origins, the oldest
 * first. One job per origin, no shuffle.
 */
public final class AdaptStage {
  private static final Logger LOG = LoggerFactory.getLogger(AdaptStage.class);

  private AdaptStage() {}

  /**
   * The correction after the folds of a split, each of which is forecast with what was known before
   * it.
   *
   * @param split its folds are the origins, a horizon apart
   * @param start the correction before the oldest
   * @param rate {@link ForecastSpec.Adaptive#rate}
   */
  public static IntervalCalibration adapt(
      JavaRDD<Block> blocks,
      CutterSpec cutter,
      SplitSpec split,
      ForecasterFactory model,
      IntervalCalibration start,
      double rate) {
    IntervalCalibration now = start;
    for (int back = split.folds() - 1; rate > 0 && back >= 0; back--) {
      int known = split.holdoutSteps() + back * cutter.window().horizon();
      SplitSpec one = new SplitSpec(1, 0, 0, split.minContext(), known);
      now =
          now.adapted(
              IntervalCalibrationStage.collect(blocks, cutter, one, Split.VALIDATION, model), rate);
    }
    LOG.info("intervals: factors after {} known origins: {}", split.folds(), now.standing());
    return now;
  }
}
