package io.longcast.flow;

import io.longcast.model.ModelSpec;
import io.longcast.series.Frequency;
import io.longcast.series.Segment;
import io.longcast.series.SeriesLayout;
import io.longcast.window.WindowSpec;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes the choices of the network that a run left open, from frequency and sign of the data. */
final class Defaults {
  private static final Logger LOG = LoggerFactory.getLogger(Defaults.class);
  private static final int GATE_SEASONS = 14;
  private static final int GATE_VALUES = 13;
  private static final int PATCH_WITHOUT_SEASON = 3;

  private Defaults() {}

  /** The spec with nothing left open, for data of this frequency. */
  static ModelSpec close(
      ModelSpec open,
      WindowSpec window,
      Optional<Frequency> frequency,
      SeriesLayout layout,
      JavaRDD<Segment> segments) {
    int usual = frequency.map(Frequency::seasonalPeriod).orElse(1);
    return close(open, window, usual, layout, segments);
  }

  /**
   * The spec with nothing left open.
   *
   * @param usual season of such data, 1 for none
   */
  static ModelSpec close(
      ModelSpec open,
      WindowSpec window,
      int usual,
      SeriesLayout layout,
      JavaRDD<Segment> segments) {
    int context = window.contextLength();
    int season = season(open, usual, context);
    boolean seasonal = season > 1;
    int patch =
        open.patchLength() > 0
            ? open.patchLength()
            : seasonal ? season : Math.min(PATCH_WITHOUT_SEASON, context);
    int gate = open.gate().seasons();
    if (gate < 0) {
      gate = Math.min(seasonal ? GATE_SEASONS : GATE_VALUES, context / season);
    }
    ModelSpec.Transform transform = open.scaling().transform();
    if (transform == ModelSpec.Transform.AUTO) {
      transform =
          allPositive(segments, layout.channels().size())
              ? ModelSpec.Transform.LOG
              : ModelSpec.Transform.NONE;
    }
    LOG.info(
        "model: season {}, patches of {}, gate over {}, transform {}",
        season,
        patch,
        gate,
        transform);
    return closed(open, season, patch, gate, transform);
  }

  /** The season asked for, else the usual one if the context holds it twice, else none. */
  private static int season(ModelSpec open, int usual, int context) {
    if (open.seasonalPeriod() > 0) {
      return open.seasonalPeriod();
    }
    return 2 * usual <= context ? usual : 1;
  }

  private static boolean allPositive(JavaRDD<Segment> segments, int channels) {
    return segments
        .map(segment -> positive(segment, Math.min(channels, segment.rows())))
        .fold(true, Boolean::logicalAnd);
  }

  private static boolean positive(Segment segment, int channels) {
    for (int channel = 0; channel < channels; channel++) {
      float[] values = segment.row(channel);
      for (int step = 0; step < segment.length(); step++) {
        if (values[step] <= 0) {
          return false;
        }
      }
    }
    return true;
  }

  private static ModelSpec closed(
      ModelSpec open, int season, int patch, int gate, ModelSpec.Transform transform) {
    ModelSpec.Scaling scaling = open.scaling();
    return new ModelSpec(
        open.shape(),
        open.cell(),
        open.hiddenSize(),
        open.layers(),
        open.dropout(),
        season,
        patch,
        new ModelSpec.Scaling(
            transform, scaling.level(), scaling.spread(), scaling.clamp(), scaling.statistics()),
        open.skip(),
        new ModelSpec.Gate(gate),
        open.convolution(),
        open.statics(),
        open.output(),
        open.decoder(),
        open.updater());
  }
}
