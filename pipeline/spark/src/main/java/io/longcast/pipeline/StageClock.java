package io.longcast.pipeline;

import io.longcast.metrics.RunMetrics;
import io.longcast.report.Progress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Times the stages of a flow and watches their heap: one log line each, and a table at the end. */
public final class StageClock {
  private static final Logger LOG = LoggerFactory.getLogger(StageClock.class);

  private final Progress progress;
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final Map<String, Long> peaks = new LinkedHashMap<>();

  /**
   * @param progress notified when a stage starts
   */
  public StageClock(Progress progress) {
    this.progress = progress;
  }

  /** Runs a stage and keeps its time; a stage that runs twice adds up. */
  public <T> T time(String stage, Supplier<T> work) {
    progress.at(stage, 0, 0, "");
    PeakHeap.reset();
    long begin = System.nanoTime();
    T result = work.get();
    double spent = (System.nanoTime() - begin) / 1e9;
    seconds.merge(stage, spent, Double::sum);
    RunMetrics.addSeconds(stage, spent);
    peaks.merge(stage, PeakHeap.bytes(), Math::max);
    LOG.info("{}: {} s", stage, String.format(Locale.ROOT, "%.2f", spent));
    return result;
  }

  /** Runs a stage without a result. */
  public void time(String stage, Runnable work) {
    time(
        stage,
        () -> {
          work.run();
          return null;
        });
  }

  /** A clock without times for the same listener. */
  public StageClock fresh() {
    return new StageClock(progress);
  }

  /** The listener of the progress. */
  public Progress progress() {
    return progress;
  }

  /** Wall seconds by stage, in the order of their first run. */
  public Map<String, Double> seconds() {
    return new LinkedHashMap<>(seconds);
  }

  /** Most heap of this JVM while the stage ran, in bytes; in local mode that is the executor's. */
  public Map<String, Long> peakHeap() {
    return new LinkedHashMap<>(peaks);
  }
}
