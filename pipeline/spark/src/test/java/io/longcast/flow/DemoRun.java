package io.longcast.flow;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** A small demo as a driver process: arguments are the master and the output folder. */
public final class DemoRun {
  private DemoRun() {}

  public static void main(String[] args) {
    SparkSession spark = SparkSession.builder().appName("demo").master(args[0]).getOrCreate();
    try {
      DemoFlow.run(spark, settings(args[1]), false, new StageClock(Progress.SILENT));
    } finally {
      spark.stop();
    }
  }

  /** Four machines for 600 hours; twenty steps on two shards. */
  public static RunSpec settings(String output) {
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/sensors.conf");
    List<String> words =
        List.of(
            "output.path=" + output,
            "generate.series=4",
            "generate.steps=600",
            "training.steps=20",
            "training.shards=2",
            "anomaly.stride=24");
    return RunFile.read(Optional.of(file), words).spec();
  }
}
