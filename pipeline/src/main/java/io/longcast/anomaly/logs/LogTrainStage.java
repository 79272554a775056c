package io.longcast.anomaly.logs;

import io.longcast.anomaly.logs.language.KeyTrainer;
import io.longcast.anomaly.logs.sequence.GapCheck;
import io.longcast.anomaly.logs.sequence.SessionSet;
import io.longcast.anomaly.logs.template.Template;
import io.longcast.anomaly.logs.template.TemplateStage;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** Learns what is normal in a log. */
public final class LogTrainStage {
  private static final Logger LOG = LoggerFactory.getLogger(LogTrainStage.class);

  private LogTrainStage() {}

  /**
   * The templates of the training lines. Two shuffles.
   *
   * @param lines as {@link io.longcast.anomaly.logs.line.LogReadStage} reads them
   */
  public static List<Template> templates(Dataset<Row> lines, LogSpec spec) {
    JavaRDD<String> contents =
        lines
            .filter(functions.col("reason").isNull().and(isOld(spec)))
            .select("content")
            .as(Encoders.STRING())
            .toJavaRDD();
    return TemplateStage.learn(contents, spec.templates());
  }

  private static Column isOld(LogSpec spec) {
    Column time = functions.col("timestamp");
    return spec.trainBefore()
        .map(any -> time.isNull().or(time.lt(new Timestamp(spec.trainBeforeMillis()))))
        .orElse(functions.lit(true));
  }

  /**
   * What normal sessions look like. One shuffle brings sessions together, two small ones count
   * them. A session that goes on past {@code trainBefore} is not learned from, nor is one with a
   * line of no template.
   *
   * @throws IllegalArgumentException if no line has a session
   */
  public static SequenceModel sequences(
      Dataset<Row> lines, List<Template> templates, LogSpec spec, KeyTrainer trainer) {
    int keys = templates.size();
    long before = spec.trainBeforeMillis();
    JavaRDD<Row> sessions =
        SessionStage.sessions(lines, templates, spec.templates())
            .toJavaRDD()
            .filter(session -> isNormal(session, keys, before))
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      SessionSet normal = distinct(sessions, keys, spec.sequences());
      GapCheck gaps = gaps(sessions, keys, spec.sequences());
      LOG.info(
          "learned {} templates, {} sessions, {} of them distinct",
          keys,
          normal.total(),
          normal.counts().length);
      return SequenceModel.fit(normal, gaps, spec.sequences(), trainer);
    } finally {
      sessions.unpersist(false);
    }
  }

  private static boolean isNormal(Row session, int keys, long before) {
    List<Row> events = session.getList(1);
    boolean old = events.get(events.size() - 1).getLong(0) < before;
    return old && events.stream().allMatch(event -> event.getInt(3) >= 0 && event.getInt(3) < keys);
  }

  private static SessionSet distinct(JavaRDD<Row> sessions, int keys, SequenceSpec spec) {
    List<Tuple2<List<Integer>, Long>> counted =
        new ArrayList<>(
            sessions
                .mapToPair(row -> new Tuple2<>(boxed(row), 1L))
                .reduceByKey(Long::sum)
                .takeOrdered(spec.distinctSessions(), SessionOrder.MOST_FREQUENT));
    if (counted.isEmpty()) {
      throw new IllegalArgumentException(
          "lines must have sessions, found none: declare a session field, a pattern or a window"
              + " (keys logs.lines.fields, logs.lines.sessionPattern, logs.lines.window), and learn"
              + " from whole ones (key logs.trainBefore)");
    }
    List<int[]> sequences = new ArrayList<>();
    long[] counts = new long[counted.size()];
    for (int i = 0; i < counts.length; i++) {
      sequences.add(counted.get(i)._1().stream().mapToInt(Integer::intValue).toArray());
      counts[i] = counted.get(i)._2();
    }
    return new SessionSet(sequences, counts, keys);
  }

  private static List<Integer> boxed(Row session) {
    List<Row> events = session.getList(1);
    return new ArrayList<>(events.stream().map(event -> event.getInt(3)).toList());
  }

  private static GapCheck gaps(JavaRDD<Row> sessions, int keys, SequenceSpec spec) {
    Map<Integer, Long> longest = new HashMap<>();
    sessions
        .flatMapToPair(row -> gaps(row, keys))
        .reduceByKey((a, b) -> new long[] {Math.max(a[0], b[0]), a[1] + b[1]})
        .collect()
        .forEach(
            pair -> {
              if (pair._2()[1] >= GapCheck.ENOUGH) {
                longest.put(pair._1(), pair._2()[0]);
              }
            });
    return new GapCheck(longest, keys, spec.gapFactor());
  }

  private static Iterator<Tuple2<Integer, long[]>> gaps(Row session, int keys) {
    List<Row> events = session.getList(1);
    List<Tuple2<Integer, long[]>> gaps = new ArrayList<>();
    for (int i = 1; i < events.size(); i++) {
      int pair = events.get(i - 1).getInt(3) * keys + events.get(i).getInt(3);
      long gap = events.get(i).getLong(0) - events.get(i - 1).getLong(0);
      gaps.add(new Tuple2<>(pair, new long[] {gap, 1}));
    }
    return gaps.iterator();
  }
}
