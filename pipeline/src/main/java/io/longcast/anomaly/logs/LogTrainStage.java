package io.longcast.anomaly.logs;

import io.longcast.anomaly.logs.language.RankCheck;
import io.longcast.anomaly.logs.sequence.CountVectorCheck;
import io.longcast.anomaly.logs.sequence.GapCheck;
import io.longcast.anomaly.logs.sequence.NearestSession;
import io.longcast.anomaly.logs.sequence.SessionSet;
import io.longcast.anomaly.logs.sequence.TransitionTable;
import io.longcast.anomaly.logs.sequence.TwoGramCheck;
import io.longcast.anomaly.logs.sequence.UnseenKeyCheck;
import io.longcast.anomaly.logs.template.Template;
import io.longcast.anomaly.logs.template.TemplateStage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/** Learns what is normal in a log. */
public final class LogTrainStage {
  private static final Logger LOG = LoggerFactory.getLogger(LogTrainStage.class);
  private static final int FREQUENT = 300;

  private LogTrainStage() {}

  /**
   * Learns from normal lines. The lines are read twice: for the templates (two shuffles) and for
   * the sessions (one), which are then counted (two small ones).
   *
   * @param lines as {@link io.longcast.anomaly.logs.line.LogReadStage} reads them
   * @throws IllegalArgumentException if no line has a session
   */
  public static LogModel train(Dataset<Row> lines, LogSpec spec) {
    JavaRDD<String> contents =
        lines.filter("reason is null").select("content").as(Encoders.STRING()).toJavaRDD();
    List<Template> templates = TemplateStage.learn(contents, spec.templates());
    JavaRDD<Row> sessions =
        SessionStage.sessions(lines, templates, spec.templates())
            .toJavaRDD()
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    try {
      SessionSet normal = distinct(sessions, templates.size(), spec);
      GapCheck gaps = gaps(sessions, templates.size(), spec);
      LOG.info("learned {} templates, {} sessions", templates.size(), normal.total());
      return model(spec, templates, normal, gaps);
    } finally {
      sessions.unpersist(false);
    }
  }

  private static LogModel model(
      LogSpec spec, List<Template> templates, SessionSet normal, GapCheck gaps) {
    RankCheck ranks = normal.total() < spec.enoughSessions() ? ranks(spec, normal) : null;
    return new LogModel(
        spec,
        templates,
        UnseenKeyCheck.fit(normal),
        CountVectorCheck.fit(normal, spec.counts()),
        pairs(normal, spec.counts().alarmBudget()),
        TransitionTable.fit(normal),
        gaps,
        NearestSession.of(normal, FREQUENT),
        ranks,
        normal.total());
  }

  private static RankCheck ranks(LogSpec spec, SessionSet normal) {
    return RankCheck.fit(
        normal, spec.model(), spec.training(), spec.rankTop(), spec.counts().alarmBudget());
  }

  private static TwoGramCheck pairs(SessionSet normal, double budget) {
    return TwoGramCheck.newPairRate(normal) > budget ? null : TwoGramCheck.fit(normal);
  }

  private static SessionSet distinct(JavaRDD<Row> sessions, int keys, LogSpec spec) {
    List<Tuple2<List<Integer>, Long>> counted =
        new ArrayList<>(
            sessions
                .mapToPair(row -> new Tuple2<>(boxed(row), 1L))
                .reduceByKey(Long::sum)
                .takeOrdered(spec.distinctSessions(), SessionOrder.MOST_FREQUENT));
    if (counted.isEmpty()) {
      throw new IllegalArgumentException(
          "lines must have sessions, found none: declare a session field, a pattern or a window"
              + " (keys logs.lines.fields, logs.lines.sessionPattern, logs.lines.window)");
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

  private static GapCheck gaps(JavaRDD<Row> sessions, int keys, LogSpec spec) {
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
