package io.longcast.window;

import io.longcast.series.Segment;
import io.longcast.settings.SettingChecks;
import java.io.Serializable;
import java.util.List;

/**
 * How a series is divided in time. With length L, horizon H and {@code end = L - holdoutSteps}:
 *
 * <pre>
 * | training ............ | calibrationFolds x H | folds x H  | held out (or the future)
 * 0                                                           end                      L
 * </pre>
 *
 * Every window lies in the part that holds its whole target; none reaches into a later part. The
 * parts are the same for all segments of a series, because a segment knows where in its series it
 * lies.
 *
 * @param folds validation takes the last {@code folds x horizon} steps before the end; at least 0,
 *     0 for no validation; proposed default 1
 * @param calibrationFolds calibration takes {@code calibrationFolds x horizon} steps before the
 *     validation part; at least 0; proposed default 1
 * @param evaluationStride steps between the origins of calibration, validation and test windows; at
 *     least 0, 0 for one horizon (targets do not overlap); proposed default 0
 * @param minContext least steps of the series before the origin of a training window, the rest of
 *     the context being left padding; at least 0, 0 for the whole context; proposed default 0, for
 *     which {@code model.defaults} puts less where many series are shorter (evaluation and
 *     forecasts take any series with at least one step)
 * @param holdoutSteps steps at the end of each series that count as not yet known, at least 0;
 *     proposed default 0
 */
public record SplitSpec(
    int folds, int calibrationFolds, int evaluationStride, int minContext, int holdoutSteps)
    implements Serializable {

  public SplitSpec {
    SettingChecks.atLeast(folds, 0, "split.folds");
    SettingChecks.atLeast(calibrationFolds, 0, "split.calibrationFolds");
    SettingChecks.atLeast(evaluationStride, 0, "split.evaluationStride");
    SettingChecks.atLeast(minContext, 0, "split.minContext");
    SettingChecks.atLeast(holdoutSteps, 0, "split.holdoutSteps");
  }

  /** Everything before the end is for training: no calibration, no validation (the refit). */
  public SplitSpec trainingOnAll() {
    return new SplitSpec(0, 0, evaluationStride, minContext, holdoutSteps);
  }

  /** The same with other validation folds. */
  public SplitSpec withFolds(int other) {
    return new SplitSpec(other, calibrationFolds, evaluationStride, minContext, holdoutSteps);
  }

  /** The same with another least context. */
  public SplitSpec withMinContext(int steps) {
    return new SplitSpec(folds, calibrationFolds, evaluationStride, steps, holdoutSteps);
  }

  /** The same with the last {@code steps} of each series counted as not yet known. */
  public SplitSpec withHoldout(int steps) {
    return new SplitSpec(folds, calibrationFolds, evaluationStride, minContext, steps);
  }

  /** The origins of a part that a segment owns, as steps of the segment. */
  public Origins origins(WindowSpec window, Segment segment, Split part) {
    long first = first(window, segment.seriesLength(), part);
    long end = last(window, segment.seriesLength(), part) + 1;
    int step = step(window, part);
    long base = part == Split.TRAIN ? end - 1 : first;
    long from = Math.max(first, segment.seriesStep() + segment.originFrom());
    long to = Math.min(end, segment.seriesStep() + segment.originTo());
    from += Math.floorMod(base - from, step);
    if (from >= to) {
      return Origins.NONE;
    }
    return new Origins(
        (int) (from - segment.seriesStep()), (int) (to - segment.seriesStep()), step);
  }

  /** The training origins that a segment owns, without the holdout block. */
  List<Origins> trainingOrigins(WindowSpec window, Segment segment, HoldoutBlock cut) {
    long length = segment.seriesLength();
    long windows = windows(window, length, Split.TRAIN);
    long newest = last(window, length, Split.TRAIN);
    long first = newest - (windows - 1) * step(window, Split.TRAIN);
    Origins owned = origins(window, segment, Split.TRAIN);
    return cut.of(owned, segment.seriesId(), segment.seriesStep(), first, windows);
  }

  /** Windows of a part in the whole series of this length, for one channel. */
  public long windows(WindowSpec window, long seriesLength, Split part) {
    long first = first(window, seriesLength, part);
    long last = last(window, seriesLength, part);
    return last < first ? 0 : (last - first) / step(window, part) + 1;
  }

  private int step(WindowSpec window, Split part) {
    return switch (part) {
      case TRAIN -> window.stride();
      case FUTURE -> 1;
      default -> evaluationStride == 0 ? window.horizon() : evaluationStride;
    };
  }

  private long first(WindowSpec window, long length, Split part) {
    long end = length - holdoutSteps;
    long evaluation = (long) folds * window.horizon();
    long first =
        switch (part) {
          case TRAIN -> minContext == 0 ? window.contextLength() : minContext;
          case CALIBRATION -> end - evaluation - (long) calibrationFolds * window.horizon();
          case VALIDATION -> end - evaluation;
          case TEST, FUTURE -> end;
        };
    return firstWithContext(first, step(window, part), part);
  }

  /**
   * An origin without a single step before it cannot be forecast: skips to the next on the grid.
   */
  private static long firstWithContext(long first, int step, Split part) {
    if (first >= 1) {
      return first;
    }
    return part == Split.FUTURE ? Long.MAX_VALUE / 2 : 1 + Math.floorMod(first - 1, step);
  }

  private long last(WindowSpec window, long length, Split part) {
    long end = length - holdoutSteps;
    long evaluation = (long) folds * window.horizon();
    return switch (part) {
      case TRAIN -> end - evaluation - (long) (calibrationFolds + 1) * window.horizon();
      case CALIBRATION -> end - evaluation - window.horizon();
      case VALIDATION -> folds == 0 ? Long.MIN_VALUE / 2 : end - window.horizon();
      case TEST -> length - window.horizon();
      case FUTURE -> end;
    };
  }
}
