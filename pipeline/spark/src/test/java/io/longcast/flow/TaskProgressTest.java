package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class TaskProgressTest {
  private final SparkSession spark = SharedSession.get();
  private final List<String> told = new CopyOnWriteArrayList<>();

  @Test
  void tellsTheTasksOfAStageThatTellsNothingItself() {
    Progress progress =
        TaskProgress.of(
            spark, (what, done, total, unit) -> told.add(what + " " + done + "/" + total + unit));
    StageClock clock = new StageClock(progress);
    clock.time("clean", () -> sixTasks());
    assertThat(told).startsWith("clean 0/0", "clean 0/6tasks").contains("clean 5/6tasks");
    told.clear();
    clock.time(
        "train",
        () -> {
          clock.progress().at("training", 1, 9, "steps");
          sixTasks();
        });
    assertThat(told).containsExactly("train 0/0", "training 1/9steps");
    told.clear();
    clock.fresh().time("detect", () -> sixTasks());
    assertThat(told).startsWith("detect 0/0", "detect 0/6tasks");
  }

  @Test
  void staysSilentAwayFromATerminal() {
    assertThat(TaskProgress.of(spark, Progress.SILENT)).isSameAs(Progress.SILENT);
  }

  private long sixTasks() {
    long rows = spark.range(0, 6, 1, 6).javaRDD().count();
    try {
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } catch (java.util.concurrent.TimeoutException late) {
      throw new IllegalStateException(late);
    }
    return rows;
  }
}
