package io.longcast.flow;

import io.longcast.report.Progress;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/**
 * Reports progress for a stage that reports none: how many tasks of its Spark jobs have ended, of
 * those that are known so far.
 */
public final class TaskProgress implements Progress {
  private final Progress line;
  private String what = "";
  private boolean filling;
  private long ended;
  private long known;

  private TaskProgress(Progress line) {
    this.line = line;
  }

  /** A progress that also reports the session's tasks, unless it is silent. */
  public static Progress of(SparkSession spark, Progress line) {
    if (line == Progress.SILENT) {
      return line;
    }
    TaskProgress progress = new TaskProgress(line);
    spark.sparkContext().addSparkListener(progress.new Tasks());
    return progress;
  }

  @Override
  public void at(String stage, long done, long total, String unit) {
    at(stage, done, total, unit, "");
  }

  @Override
  public synchronized void at(String stage, long done, long total, String unit, String detail) {
    what = stage;
    filling = unit.isEmpty();
    ended = 0;
    known = 0;
    line.at(stage, done, total, unit, detail);
  }

  private synchronized void count(int submitted, int done) {
    known += submitted;
    ended += done;
    if (filling && ended < known) {
      line.at(what, ended, known, "tasks");
    }
  }

  private final class Tasks extends SparkListener {
    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted event) {
      count(event.stageInfo().numTasks(), 0);
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
      count(0, event.taskInfo().successful() ? 1 : 0);
    }
  }
}
