package io.longcast.logs;

import io.longcast.logs.sequence.SessionFinding;
import io.longcast.logs.table.LogAnomaliesTable;
import io.longcast.sparkinternals.rdd.Shared;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** Finds the sessions that differ from the normal sessions of a model. */
public final class LogDetectStage {
  private LogDetectStage() {}

  /**
   * One row for each abnormal session, at the position where it departs first, in the columns of
   * {@link LogAnomaliesTable}. One shuffle. The raw line is read again from its file at its offset.
   * A session with a line of no template is always among them, so that the column of unmatched
   * lines counts all of them.
   *
   * @param lines as {@link io.longcast.logs.line.LogReadStage} reads them
   */
  public static Dataset<Row> detect(Dataset<Row> lines, LogModel model, String modelId) {
    return detect(lines, Optional.empty(), model, modelId);
  }

  /**
   * The same beside the rows of earlier runs: for each of them that is of a session among the lines
   * and that no new row replaces there is one that withdraws it.
   *
   * @param told session_id and start of the alarms of the model so far
   */
  public static Dataset<Row> detect(
      Dataset<Row> lines, Optional<Dataset<Row>> told, LogModel model, String modelId) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(lines.sparkSession().sparkContext());
    Shared<LogModel> shared = Shared.of(context.sc(), model);
    SerializableConfiguration files =
        new SerializableConfiguration(new Configuration(context.hadoopConfiguration()));
    FlatMapFunction<Iterator<LogSession>, Row> score =
        sessions -> new FindingRows(sessions, shared.value(), modelId, files);
    return lines
        .sparkSession()
        .createDataFrame(
            SessionStage.sessions(lines, told, model.templates(), model.templateSpec())
                .mapPartitions(score),
            LogAnomaliesTable.SCHEMA);
  }

  /** The rows of the abnormal sessions of a partition. */
  private static final class FindingRows implements Iterator<Row> {
    private final Iterator<LogSession> sessions;
    private final FindingRow rows;
    private final SerializableConfiguration files;
    private final SessionScorer scorer;
    private final Deque<Row> ahead = new ArrayDeque<>();

    FindingRows(
        Iterator<LogSession> sessions,
        LogModel model,
        String modelId,
        SerializableConfiguration files) {
      this.sessions = sessions;
      rows = new FindingRow(model, modelId);
      this.files = files;
      scorer = new SessionScorer(model.sequences());
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) end -> scorer.close());
    }

    @Override
    public boolean hasNext() {
      while (ahead.isEmpty() && sessions.hasNext()) {
        add(sessions.next());
      }
      return !ahead.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException("no abnormal session left");
      }
      return ahead.remove();
    }

    private void add(LogSession session) {
      Whole whole = new Whole(session, files);
      Optional<SessionFinding> finding = scorer.check(session.keys(), session.millis());
      finding.ifPresent(each -> ahead.add(rows.of(whole, each)));
      for (long start : session.told()) {
        boolean isReplaced = finding.isPresent() && start == whole.start();
        if (session.holds(start) && !isReplaced) {
          ahead.add(rows.withdrawn(whole, start));
        }
      }
    }
  }

  /** A session that is read whole. */
  private record Whole(LogSession session, SerializableConfiguration configuration)
      implements ScoredSession {
    @Override
    public String id() {
      return session.id();
    }

    @Override
    public int[] keys() {
      return session.keys();
    }

    @Override
    public int length() {
      return session.keys().length;
    }

    @Override
    public Place place(int at) {
      return new Place(
          session.millis()[at],
          session.keys()[at],
          session.files()[at],
          session.offsets()[at],
          session.hosts()[at],
          line(at));
    }

    @Override
    public int unmatched() {
      return session.unmatched();
    }

    @Override
    public long start() {
      return session.millis()[0];
    }

    @Override
    public boolean isTimed() {
      return session.timed();
    }

    @Override
    public boolean isClosed() {
      return true;
    }

    /** The line as it was read, or as it begins at its offset in its file. */
    private String line(int at) {
      if (session.texts()[at] != null) {
        return session.texts()[at];
      }
      String file = session.files()[at];
      long offset = session.offsets()[at];
      Path path = new Path(file);
      try (var in = path.getFileSystem(configuration.value()).open(path)) {
        in.seek(offset);
        Text line = new Text();
        new LineReader(in).readLine(line);
        return new String(line.copyBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new IllegalStateException("cannot read " + file + " at " + offset, e);
      }
    }
  }
}
