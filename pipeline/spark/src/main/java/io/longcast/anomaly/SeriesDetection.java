package io.longcast.anomaly;

import io.longcast.anomaly.event.EventBuilder;
import io.longcast.anomaly.score.ComponentSpec;
import io.longcast.model.WindowForecaster;
import io.longcast.series.Segment;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Scores one series after the other, or one chunk: forecasts in batches, then a single pass over
 * the steps. For a whole series alarms are decided in the same pass, for a chunk later by {@link
 * AlarmWalk}.
 */
final class SeriesDetection {
  private final DetectorConfig detection;
  private final DetectorContext plan;
  private final Scan scan;
  private final ScoreTables tables;
  private final RowReader reader;
  private final ChunkCutter cutter;
  private final Expectations none;

  SeriesDetection(DetectorConfig detection, WindowForecaster forecaster) {
    this(detection, new ExpectationScan(forecaster, detection.plan())::scan);
  }

  /** Expects nothing: for measurements of the parts alone. */
  SeriesDetection(DetectorConfig detection) {
    this(detection, (segment, from, to) -> new Expectations(detection.plan().channels(), 0, 0));
  }

  private SeriesDetection(DetectorConfig detection, Scan scan) {
    this.detection = detection;
    plan = detection.plan();
    this.scan = scan;
    tables = ScoreTables.of(detection.scores().parts(), detection.scores().channels());
    reader = new RowReader(plan.channels());
    cutter = new ChunkCutter(detection);
    none = new Expectations(plan.channels(), 0, 0);
  }

  /** Where expectations come from. */
  private interface Scan {
    Expectations scan(Segment segment, int from, int to);
  }

  /**
   * Scores a series and decides its alarms.
   *
   * @param state to resume from, as it was saved; empty for a new series
   */
  ScoredSeries score(Segment segment, Optional<SavedSeries> state) {
    Chunk whole = cutter.whole(segment, state);
    Pass pass = new Pass(whole, whole.state());
    return new AlarmWalk(detection, pass.series, whole.earlier())
        .whole(segment, pass.from, pass.to, pass.expectations, pass);
  }

  /** Scores a chunk without deciding alarms. */
  ScoredChunk score(Chunk chunk) {
    int channels = plan.channels();
    Pass pass = new Pass(chunk, chunk.state().copy());
    int first = chunk.index() == 0 ? 0 : pass.from;
    int size = (pass.to - pass.from) * channels;
    ScoredChunk scored =
        new ScoredChunk(
            chunk.index(),
            chunk.isLast(),
            chunk.rows().slice(first, pass.to, pass.to, first, first),
            chunk.from(),
            pass.expectations.slice(first, pass.to),
            chunk.earlier().from(first),
            new double[size],
            new byte[size],
            new double[size],
            new double[size],
            new short[size],
            pass.series);
    for (int step = pass.from; step < pass.to; step++) {
      pass.next(step);
      pass.series.pass();
      scored.keep(step - pass.from, channels, pass);
    }
    return scored;
  }

  /** A pass over the steps of a chunk, whose warm-up is over. */
  private final class Pass implements StepScores {
    private final Segment rows;
    private final int from;
    private final int to;
    private final Expectations expectations;
    private final SeriesState series;
    private final EventBuilder.View view;
    private final AlarmRules.OfSeries rules;

    Pass(Chunk chunk, SeriesState state) {
      rows = chunk.rows();
      rules = detection.rules().of(rows);
      AlarmRules.OfSeries headRules = detection.rules().of(chunk.head());
      from = chunk.at(chunk.from());
      to = chunk.at(chunk.to());
      expectations = chunk.expected().and(scan.scan(rows, chunk.at(chunk.warm()), to));
      long first = chunk.head().seriesStep();
      long end = first + chunk.head().length();
      for (long step = state.taken(); step < end && headCounts(chunk, step, state); step++) {
        int at = (int) (step - first);
        IntPredicate counts = headRules.taughtAt(at);
        reader.next(chunk.head(), none, at, state.scorer(), tables, counts);
      }
      for (int step = chunk.at(chunk.warm()); step < from; step++) {
        reader.next(rows, expectations, step, state.scorer(), tables, rules.taughtAt(step));
      }
      series = state.at(chunk.from());
      view = series.view();
    }

    /**
     * Whether a step before the warm-up moves the state: one that scores learn from, or one of
     * those that fill up a beat, after which they count on as if none were left out.
     */
    private boolean headCounts(Chunk chunk, long step, SeriesState state) {
      boolean learns = step < chunk.learning() || state.scorer().parts().isLearning();
      int beat = detection.scores().detector().beat();
      return step < chunk.warm() && (learns || (chunk.warm() - step) % beat != 0);
    }

    @Override
    public void next(int step) {
      reader.next(rows, expectations, step, series.scorer(), tables, rules.taughtAt(step));
    }

    @Override
    public double surprisal() {
      return series.scorer().surprisal();
    }

    @Override
    public double surprisal(int channel) {
      return view.surprisal(channel);
    }

    @Override
    public int settledRows(int channel) {
      return series.scorer().settledRows(channel);
    }

    @Override
    public double settled(int channel) {
      return series.scorer().settled(channel);
    }

    @Override
    public ComponentSpec.Kind part(int channel) {
      return view.part(channel);
    }

    @Override
    public double usualError(int channel) {
      return view.usualError(channel);
    }
  }
}
