package io.longcast.flow;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * The demo's way on many series, as a process of its own: arguments are the output folder, the
 * number of series and the steps of each. Prints rows, seconds and peak heap of each stage.
 */
public final class ScaleRun {
  private ScaleRun() {}

  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder()
            .appName("scale")
            .master("local[2]")
            .config("spark.sql.shuffle.partitions", "16")
            .getOrCreate();
    try {
      StageClock clock = new StageClock(Progress.SILENT);
      DemoFlow.Outcome done = DemoFlow.run(spark, settings(args), false, clock);
      System.out.println("rows: " + done.training().rows());
      System.out.printf(
          Locale.ROOT,
          "windows trained: %d; forecasts: %d; scored: %d%n",
          done.training().training().history().stream().mapToLong(round -> round.windows()).sum(),
          done.forecasts(),
          done.scored());
      clock
          .seconds()
          .forEach(
              (stage, seconds) ->
                  System.out.printf(
                      Locale.ROOT,
                      "%-10s %8.1f s %6d MiB%n",
                      stage,
                      seconds,
                      clock.peakHeap().get(stage) >> 20));
    } finally {
      spark.stop();
    }
  }

  private static RunSpec settings(String[] args) {
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/energy.conf");
    List<String> words =
        List.of(
            "output.path=" + args[0],
            "generate.series=" + args[1],
            "generate.steps=" + args[2],
            "generate.ahead=0",
            "generate.dirty=0.01",
            "window.contextLength=48",
            "window.horizon=24",
            "model.hiddenSize=16",
            "model.output.quantileLevels=[0.025, 0.1, 0.5, 0.9, 0.975]",
            "training.batchSize=256",
            "training.averagingFrequency=100",
            "training.epochs=1",
            "training.refit=false",
            "sampling.order=permutation",
            "anomaly.stride=24",
            "backtest.gate=off");
    return RunFile.read(Optional.of(file), words).spec();
  }
}
