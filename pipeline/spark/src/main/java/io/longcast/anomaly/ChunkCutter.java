package io.longcast.anomaly;

import io.longcast.anomaly.score.DetectorSpec;
import io.longcast.series.GridAxis;
import io.longcast.series.Segment;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Cuts the steps of a series that are to be scored into chunks of about equal length; every step
 * lies in one. A chunk begins with what is known of the series, learnt from its first rows or saved
 * by an earlier run, and is warmed up on the rows before it. Depends on the series and the settings
 * alone.
 */
final class ChunkCutter {
  private final DetectorConfig detection;
  private final DetectorContext plan;
  private final long warmUp;

  ChunkCutter(DetectorConfig detection) {
    this.detection = detection;
    plan = detection.plan();
    warmUp = detection.chunkWarmUp();
  }

  /** The series in one chunk; nothing is copied. */
  Chunk whole(Segment segment, Optional<SavedSeries> saved) {
    return new Cut(segment, saved).whole();
  }

  /** The chunks of a series in the order of time, each cut out when it is requested. */
  Stream<Chunk> chunks(Segment segment, Optional<SavedSeries> saved) {
    Cut cut = new Cut(segment, saved);
    int count = count(segment.axis() instanceof GridAxis grid ? grid : null, cut.rows());
    return count == 1
        ? Stream.of(cut.whole())
        : IntStream.range(0, count).mapToObj(i -> cut.chunk(i, count));
  }

  /**
   * As many as requested, but none shorter than a warm-up that was not requested; a grid of the
   * calendar's days and months, which counts from its first day, stays whole.
   */
  private int count(GridAxis grid, int rows) {
    if (grid != null && !grid.frequency().unit().isExact()) {
      return 1;
    }
    long least = plan.spec().chunkWarmUp() > 0 ? 1 : Math.max(1, warmUp);
    return (int) Math.max(1, Math.min(plan.spec().parallelChunks(), rows / least));
  }

  /**
   * A series with the state that it resumes from. Steps are counted from the start of the series,
   * before which a segment may begin where the state has taken what lies between.
   */
  private final class Cut {
    private final Segment series;
    private final SeriesState state;
    private final Expectations expected;
    private final StepResults earlier;
    private final int learning;
    private final long begin;
    private final long end;

    Cut(Segment series, Optional<SavedSeries> saved) {
      this.series = series;
      learning = plan.warmUp();
      state =
          saved
              .map(each -> each.state().under(detection.rule(series.seriesId())))
              .orElseGet(this::start);
      expected =
          saved.map(SavedSeries::expected).orElseGet(() -> new Expectations(plan.channels(), 0, 0));
      earlier =
          saved.map(SavedSeries::results).orElseGet(() -> new StepResults(plan.channels(), 0, 0));
      end = series.seriesStep() + series.length();
      begin = Math.min(Math.max(state.taken(), learning), end);
    }

    private SeriesState start() {
      return SeriesState.start(
          detection.scores().detector(),
          plan.channels(),
          learning,
          detection.rule(series.seriesId()));
    }

    /** Rows to score. */
    int rows() {
      return (int) (end - begin);
    }

    Chunk whole() {
      return new Chunk(
          0, true, series, series, state, expected, earlier, learning, begin, begin, end);
    }

    Chunk chunk(int index, int count) {
      long from = border(index, count);
      long to = border(index + 1, count);
      long warm = index == 0 ? begin : warm(from);
      int context = plan.cutter().window().contextLength() + plan.spec().stride();
      long first = warm - context;
      if (index == 0) {
        first = Math.min(first, state.eventSince(begin) - plan.history());
      }
      first = Math.max(series.seriesStep(), first);
      Segment rows = slice(first, to + plan.cutter().window().horizon());
      Expectations before =
          index == 0
              ? expected.from((int) (first - series.seriesStep()))
              : new Expectations(plan.channels(), 0, 0);
      StepResults results =
          index == 0
              ? earlier.from((int) (first - series.seriesStep()))
              : new StepResults(plan.channels(), 0, 0);
      boolean isLast = index == count - 1;
      return new Chunk(
          index, isLast, head(warm), rows, state, before, results, learning, warm, from, to);
    }

    /** The rows before the warm-up that scores may learn from. */
    private Segment head(long warm) {
      long first = state.taken() > 0 ? begin : series.seriesStep();
      DetectorSpec detector = detection.scores().detector();
      int growing = detector.learningRows() == 0 ? 0 : 2 * detector.learningRows();
      return slice(first, Math.min(warm, begin + growing + detector.beat()));
    }

    private long border(int index, int count) {
      return begin + (long) rows() * index / count;
    }

    /**
     * Whole beats of the parts behind the state, so that they count on as if none were left out.
     */
    private long warm(long from) {
      int beat = detection.scores().detector().beat();
      long left = Math.max(0, from - warmUp - begin);
      return begin + left / beat * beat;
    }

    private Segment slice(long first, long last) {
      int from = (int) (first - series.seriesStep());
      int to = (int) (last - series.seriesStep());
      return series.slice(from, Math.min(to, series.length()), to, from, from);
    }
  }
}
