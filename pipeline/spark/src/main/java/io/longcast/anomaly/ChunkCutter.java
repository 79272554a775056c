package io.longcast.anomaly;

import io.longcast.anomaly.event.EventReport;
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
  /** Steps before an event that its report looks at the forecasts of. */
  private static final int LOOK_BACK = 4;

  private final DetectorConfig detection;
  private final DetectorContext plan;
  private final long warmUp;

  ChunkCutter(DetectorConfig detection) {
    this.detection = detection;
    plan = detection.plan();
    warmUp = detection.chunkWarmUp();
  }

  /** The series in one chunk; nothing is copied. */
  Chunk whole(Segment segment, Optional<byte[]> saved) {
    return new Cut(segment, saved).whole();
  }

  /** The chunks of a series in the order of time, each cut out when it is requested. */
  Stream<Chunk> chunks(Segment segment, Optional<byte[]> saved) {
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

  /** A series with the state that it resumes from. */
  private final class Cut {
    private final Segment series;
    private final SeriesState state;
    private final int learning;
    private final int begin;
    private final int open;

    Cut(Segment series, Optional<byte[]> saved) {
      this.series = series;
      learning = plan.firstOrigin(series);
      state = saved.map(this::restored).orElseGet(this::start);
      begin = (int) Math.min(Math.max(state.taken(), learning), series.length());
      open = (int) Math.min(begin, state.openSince(begin));
    }

    private SeriesState restored(byte[] bytes) {
      return SeriesState.fromBytes(bytes, detection.scores().detector(), plan.channels())
          .under(detection.rule());
    }

    private SeriesState start() {
      return SeriesState.start(
          detection.scores().detector(), plan.channels(), learning, detection.rule());
    }

    /** Rows to score. */
    int rows() {
      return series.length() - begin;
    }

    /** First step that is forecast: the reports of an open event look at its own. */
    private int scan() {
      return Math.min(begin, Math.max(learning, open - LOOK_BACK));
    }

    Chunk whole() {
      int to = series.length();
      return new Chunk(0, true, series, series, state, learning, scan(), begin, begin, to);
    }

    Chunk chunk(int index, int count) {
      int from = border(index, count);
      int to = border(index + 1, count);
      int warm = index == 0 ? begin : warm(from);
      int scan = index == 0 ? scan() : warm;
      int context = plan.cutter().window().contextLength() + plan.spec().stride();
      int first = scan - context;
      if (index == 0) {
        first = Math.min(first, open - EventReport.lookBack(plan.season()));
      }
      Segment rows = slice(Math.max(0, first), to + plan.cutter().window().horizon());
      boolean isLast = index == count - 1;
      Segment head = slice(0, learning);
      return new Chunk(index, isLast, head, rows, state, learning, scan, warm, from, to);
    }

    private int border(int index, int count) {
      return begin + (int) ((long) rows() * index / count);
    }

    /**
     * Whole beats of the parts behind the state, so that they count on as if none were left out.
     */
    private int warm(int from) {
      int beat = detection.scores().detector().beat();
      long left = Math.max(0, from - warmUp - begin);
      return begin + (int) (left / beat * beat);
    }

    private Segment slice(int from, int to) {
      return series.slice(from, Math.min(to, series.length()), to, from, from);
    }
  }
}
