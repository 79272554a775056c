package io.longcast.anomaly;

import io.longcast.anomaly.event.EventBuilder;
import io.longcast.anomaly.score.PartSpec;
import io.longcast.model.Forecaster;
import io.longcast.series.Segment;
import java.util.Optional;

/**
 * Scores one series after the other, or one stretch: forecasts in batches, then a single pass over
 * the steps. A whole series is judged in the same pass, a stretch later by {@link AlarmWalk}.
 */
final class SeriesDetection {
  private final Detection detection;
  private final DetectPlan plan;
  private final Scan scan;
  private final ScoreTables tables;
  private final RowReader reader;
  private final StretchCutter cutter;
  private final Expectations none;

  SeriesDetection(Detection detection, Forecaster forecaster) {
    this(detection, new ExpectationScan(forecaster, detection.plan())::scan);
  }

  /** Expects nothing: for measurements of the parts alone. */
  SeriesDetection(Detection detection) {
    this(detection, (segment, from, to) -> new Expectations(detection.plan().channels(), 0, 0));
  }

  private SeriesDetection(Detection detection, Scan scan) {
    this.detection = detection;
    plan = detection.plan();
    this.scan = scan;
    tables = ScoreTables.of(detection.scores().parts(), detection.scores().channels());
    reader = new RowReader(plan.channels());
    cutter = new StretchCutter(detection);
    none = new Expectations(plan.channels(), 0, 0);
  }

  /** Where expectations come from. */
  private interface Scan {
    Expectations scan(Segment segment, int from, int to);
  }

  /**
   * Scores a series and judges it.
   *
   * @param state to go on from, as it was saved; empty to begin anew
   */
  ScoredSeries score(Segment segment, Optional<byte[]> state) {
    Stretch whole = cutter.whole(segment, state);
    Pass pass = new Pass(whole, whole.state());
    return new AlarmWalk(plan, pass.series)
        .whole(segment, pass.from, pass.to, pass.expectations, pass);
  }

  /** Scores a stretch and judges nothing. */
  ScoredStretch score(Stretch stretch) {
    int channels = plan.channels();
    Pass pass = new Pass(stretch, SeriesState.fromBytes(stretch.state().toBytes()));
    int first = stretch.index() == 0 ? 0 : pass.from;
    int size = (pass.to - pass.from) * channels;
    ScoredStretch scored =
        new ScoredStretch(
            stretch.index(),
            stretch.isLast(),
            stretch.rows().slice(first, pass.to, pass.to, first, first),
            stretch.from(),
            pass.expectations.slice(first, pass.to),
            new double[size],
            new byte[size],
            new double[size],
            pass.series);
    for (int step = pass.from; step < pass.to; step++) {
      pass.next(step);
      pass.series.pass();
      scored.keep(step - pass.from, channels, pass);
    }
    return scored;
  }

  /** A pass over the steps of a stretch, whose warm-up is over. */
  private final class Pass implements StepScores {
    private final Segment rows;
    private final int from;
    private final int to;
    private final Expectations expectations;
    private final SeriesState series;
    private final EventBuilder.View view;

    Pass(Stretch stretch, SeriesState state) {
      rows = stretch.rows();
      from = stretch.at(stretch.from());
      to = stretch.at(stretch.to());
      expectations = scan.scan(rows, stretch.at(stretch.scan()), to);
      for (int step = (int) state.taken(); step < learning(stretch); step++) {
        reader.next(stretch.head(), none, step, state.scorer(), tables);
      }
      for (int step = stretch.at(stretch.warm()); step < from; step++) {
        reader.next(rows, expectations, step, state.scorer(), tables);
      }
      series = state.at(stretch.from());
      view = series.view();
    }

    private static int learning(Stretch stretch) {
      return Math.min(stretch.learning(), stretch.head().length());
    }

    @Override
    public void next(int step) {
      reader.next(rows, expectations, step, series.scorer(), tables);
    }

    @Override
    public double surprise() {
      return series.scorer().surprise();
    }

    @Override
    public double surprise(int channel) {
      return view.surprise(channel);
    }

    @Override
    public PartSpec.Kind part(int channel) {
      return view.part(channel);
    }

    @Override
    public double usualError(int channel) {
      return view.usualError(channel);
    }
  }
}
