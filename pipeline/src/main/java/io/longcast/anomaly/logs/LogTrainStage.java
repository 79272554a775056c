package io.longcast.anomaly.logs;

import io.longcast.anomaly.logs.language.KeyTrainer;
import io.longcast.anomaly.logs.sequence.GapCheck;
import io.longcast.anomaly.logs.sequence.SessionSet;
import io.longcast.anomaly.logs.sequence.UnseenKeyCheck;
import io.longcast.anomaly.logs.template.Template;
import io.longcast.anomaly.logs.template.TemplateStage;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** Learns what is normal in a log. */
public final class LogTrainStage {
  private static final Logger LOG = LoggerFactory.getLogger(LogTrainStage.class);

  /** Stands before a pair of neighbours, where a session has its first key. */
  private static final int GAP = -2;

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
   * What normal sessions look like. One shuffle brings sessions together, a small one counts them.
   * A session that goes on past {@code trainBefore} is not learned from, nor is one with a line of
   * no template.
   *
   * @throws IllegalArgumentException if no line has a session
   */
  public static SequenceModel sequences(
      Dataset<Row> lines, List<Template> templates, LogSpec spec, KeyTrainer trainer) {
    int keys = templates.size();
    long before = spec.trainBeforeMillis();
    JavaPairRDD<List<Integer>, long[]> counted =
        SessionStage.sessions(lines, templates, spec.templates())
            .filter(session -> isNormal(session, before))
            .mapPartitionsToPair(sessions -> counted(sessions, keys))
            .reduceByKey(LogTrainStage::merged)
            .cache();
    try {
      SessionSet normal = distinct(counted, keys, spec.sequences());
      Map<Integer, Long> gaps = gaps(counted);
      LOG.info(
          "learned {} templates, {} sessions, {} of them distinct",
          keys,
          normal.total(),
          normal.counts().length);
      sayIfTooFew(normal, spec.sequences().alarmBudget());
      return SequenceModel.fit(normal, gaps, spec.sequences(), trainer);
    } finally {
      counted.unpersist(false);
    }
  }

  private static void sayIfTooFew(SessionSet normal, double budget) {
    double chance = UnseenKeyCheck.fit(normal).chance();
    if (chance > budget) {
      LOG.warn(
          "a normal session has a message that none of {} has with a chance of {}, more than the"
              + " alarm budget of {} (key logs.sequences.alarmBudget): learn from more normal"
              + " sessions",
          normal.total(),
          String.format(Locale.ROOT, "%.2g", chance),
          budget);
    }
  }

  private static boolean isNormal(LogSession session, long before) {
    int last = session.keys().length - 1;
    return session.millis()[last] < before
        && Arrays.stream(session.keys()).allMatch(key -> key >= 0);
  }

  /**
   * Each session as (its keys, how often), and after them each pair of neighbours as ({@value
   * #GAP}, pair; longest gap, how often).
   */
  private static Iterator<Tuple2<List<Integer>, long[]>> counted(
      Iterator<LogSession> sessions, int keys) {
    Map<List<Integer>, long[]> all = new HashMap<>();
    while (sessions.hasNext()) {
      LogSession session = sessions.next();
      int[] own = session.keys();
      all.merge(boxed(own), new long[] {0, 1}, LogTrainStage::merged);
      for (int i = 1; i < own.length; i++) {
        long gap = session.millis()[i] - session.millis()[i - 1];
        all.merge(
            List.of(GAP, own[i - 1] * keys + own[i]), new long[] {gap, 1}, LogTrainStage::merged);
      }
    }
    return all.entrySet().stream()
        .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
        .iterator();
  }

  private static List<Integer> boxed(int[] keys) {
    return new ArrayList<>(Arrays.stream(keys).boxed().toList());
  }

  private static long[] merged(long[] a, long[] b) {
    return new long[] {Math.max(a[0], b[0]), a[1] + b[1]};
  }

  private static boolean isGap(List<Integer> keys) {
    return keys.get(0) == GAP;
  }

  private static SessionSet distinct(
      JavaPairRDD<List<Integer>, long[]> counted, int keys, SequenceSpec spec) {
    List<Tuple2<List<Integer>, Long>> sessions =
        counted
            .filter(entry -> !isGap(entry._1()))
            .map(entry -> new Tuple2<>(entry._1(), entry._2()[1]))
            .takeOrdered(spec.distinctSessions(), SessionOrder.MOST_FREQUENT);
    if (sessions.isEmpty()) {
      throw new IllegalArgumentException(
          "lines must have sessions, found none: declare a session field, a pattern or a window"
              + " (keys logs.lines.fields, logs.lines.sessionPattern, logs.lines.window), and learn"
              + " from whole ones (key logs.trainBefore)");
    }
    return new SessionSet(
        sessions.stream()
            .map(session -> session._1().stream().mapToInt(Integer::intValue).toArray())
            .toList(),
        sessions.stream().mapToLong(Tuple2::_2).toArray(),
        keys);
  }

  /** The longest gap of each pair that was seen often enough. */
  private static Map<Integer, Long> gaps(JavaPairRDD<List<Integer>, long[]> counted) {
    Map<Integer, Long> longest = new HashMap<>();
    counted
        .filter(entry -> isGap(entry._1()) && entry._2()[1] >= GapCheck.ENOUGH)
        .collect()
        .forEach(entry -> longest.put(entry._1().get(1), entry._2()[0]));
    return longest;
  }
}
