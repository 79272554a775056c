package io.longcast.anomaly;

import io.longcast.series.MappedIterator;
import io.longcast.sparkinternals.rdd.Shared;
import io.longcast.sparkinternals.rdd.TaskResults;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Locale;
import org.apache.spark.Partitioner;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/**
 * Scores series in chunks side by side: each chunk in its own task, after a warm-up on the rows
 * before it; then one task a series walks along the scores, which arrive sorted by time, and holds
 * one chunk at a time. Approximate, because a warm-up does not know what lies before it; the same
 * for any partitioning. Two shuffles: of the rows with the warm-ups, and of the rows with their
 * scores.
 */
final class ChunkStage {
  private ChunkStage() {}

  static JavaRDD<ScoredSeries> scored(
      JavaRDD<ResumedSeries> series, Shared<DetectorConfig> shared, Account account) {
    int tasks = series.getNumPartitions();
    int apart = Math.max(account.asked(), tasks);
    JavaPairRDD<ChunkKey, Chunk> chunks =
        series.flatMapToPair(each -> cut(each, shared.value(), account));
    JavaPairRDD<ChunkKey, ScoredChunk> scored =
        TaskResults.partitioned(chunks, new ToTasks(apart, false))
            .mapPartitionsToPair(part -> scores(part, shared.value()));
    return TaskResults.sorted(scored, new ToTasks(tasks, true))
        .mapPartitions(part -> walks(part, shared.value()));
  }

  private static Iterator<Tuple2<ChunkKey, Chunk>> cut(
      ResumedSeries series, DetectorConfig detection, Account account) {
    return new ChunkCutter(detection)
        .chunks(series.segment(), series.saved(detection))
        .peek(account::count)
        .map(chunk -> new Tuple2<>(chunk.key(), chunk))
        .iterator();
  }

  private static Iterator<Tuple2<ChunkKey, ScoredChunk>> scores(
      Iterator<Tuple2<ChunkKey, Chunk>> chunks, DetectorConfig detection) {
    SeriesDetection scorer = DetectStage.scorer(detection);
    return new MappedIterator<>(chunks, each -> new Tuple2<>(each._1, scorer.score(each._2)));
  }

  private static Iterator<ScoredSeries> walks(
      Iterator<Tuple2<ChunkKey, ScoredChunk>> chunks, DetectorConfig detection) {
    return new Iterator<>() {
      private AlarmWalk walk;

      @Override
      public boolean hasNext() {
        return chunks.hasNext();
      }

      @Override
      public ScoredSeries next() {
        ScoredChunk chunk = chunks.next()._2;
        if (chunk.index() == 0) {
          walk = new AlarmWalk(detection, chunk.state().at(chunk.from()), chunk.earlier());
        }
        return walk.next(chunk);
      }
    };
  }

  /** Deals the chunks of a series to tasks of their own, or all of them to one. */
  private static final class ToTasks extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int tasks;
    private final boolean together;

    /**
     * @param tasks how many; apart, at least the chunks of a series
     * @param together whether a series goes to one task
     */
    ToTasks(int tasks, boolean together) {
      this.tasks = tasks;
      this.together = together;
    }

    @Override
    public int numPartitions() {
      return tasks;
    }

    @Override
    public int getPartition(Object key) {
      ChunkKey chunk = (ChunkKey) key;
      int first = Math.floorMod(chunk.seriesId().hashCode(), tasks);
      return together ? first : (first + chunk.index()) % tasks;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ToTasks that && tasks == that.tasks && together == that.together;
    }

    @Override
    public int hashCode() {
      return 2 * tasks + (together ? 1 : 0);
    }
  }

  /**
   * What became of {@code anomaly.parallelChunks}, counted while series are cut; a task that is run
   * again counts again.
   *
   * @param asked chunks a series
   * @param warmUp rows before a chunk that are scored and thrown away
   * @param series that were looked at
   * @param cut those of them that were cut
   * @param chunks that these were cut into
   */
  record Account(
      int asked, long warmUp, LongAccumulator series, LongAccumulator cut, LongAccumulator chunks)
      implements Serializable {

    static Account of(SparkContext context, DetectorConfig detection) {
      return new Account(
          detection.plan().spec().parallelChunks(),
          detection.chunkWarmUp(),
          context.longAccumulator("series"),
          context.longAccumulator("series cut"),
          context.longAccumulator("chunks"));
    }

    void count(Chunk chunk) {
      boolean isWhole = chunk.index() == 0 && chunk.isLast();
      series.add(chunk.isLast() ? 1 : 0);
      cut.add(chunk.isLast() && !isWhole ? 1 : 0);
      chunks.add(isWhole ? 0 : 1);
    }

    /** In words, once the series are scored. */
    @Override
    public String toString() {
      if (cut.value() == 0) {
        return String.format(
            Locale.ROOT,
            "exact, although anomaly.parallelChunks = %d: none of %d series is long enough for two chunks of"
                + " at least %d rows, the warm-up that follows from the half-lives (key"
                + " anomaly.chunkWarmUp), on a grid finer than days or none",
            asked,
            series.value(),
            warmUp);
      }
      return String.format(
          Locale.ROOT,
          "approximate: %d of %d series were scored in %d chunks (anomaly.parallelChunks = %d), each after"
              + " a warm-up of up to %d rows",
          cut.value(),
          series.value(),
          chunks.value(),
          asked,
          warmUp);
    }
  }
}
