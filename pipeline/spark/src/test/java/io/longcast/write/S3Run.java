package io.longcast.write;

import io.longcast.config.RunSpec;
import io.longcast.flow.DemoFlow;
import io.longcast.flow.DemoRun;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.EventsTable;
import io.longcast.table.ForecastsTable;
import io.longcast.table.TableShape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What {@link S3IT} does with an output folder, as a driver process of its own. */
public final class S3Run {
  private S3Run() {}

  /**
   * @param args what to do (demo, die, show) and the output folder
   */
  public static void main(String[] args) {
    SparkSession spark = SparkSession.builder().appName("s3").master("local[2]").getOrCreate();
    try {
      RunSpec run = DemoRun.settings(args[1]);
      switch (args[0]) {
        case "demo" -> DemoFlow.run(spark, run, false, new StageClock(Progress.SILENT));
        case "die" -> die(spark, run.output());
        default -> show(spark, run.output());
      }
    } finally {
      spark.stop();
    }
  }

  /** Replaces all forecasts by none and halts before the pointer is written. */
  private static void die(SparkSession spark, OutputSpec output) {
    TableShape table = ForecastsTable.TABLE;
    TableSink dying =
        TableSink.open(
            spark,
            output,
            step -> {
              if (step == SwapStep.JOURNALED) {
                Runtime.getRuntime().halt(DyingWriter.DIED);
              }
            },
            Duration.ZERO);
    String model = dying.read(table).select(ForecastsTable.MODEL_ID).first().getString(0);
    dying.replace(
        spark.createDataFrame(List.<Row>of(), table.schema()),
        table,
        Map.of(ForecastsTable.MODEL_ID, model));
  }

  /** Rows and a sum of hashes of each table; one line each. */
  private static void show(SparkSession spark, OutputSpec output) {
    TableReader reader = new TableReader(spark, output);
    for (TableShape table :
        List.of(ForecastsTable.TABLE, AnomaliesTable.TABLE, EventsTable.TABLE)) {
      Row sum =
          reader
              .read(table)
              .selectExpr("count(*)", "sum(cast(xxhash64(struct(*)) as decimal(38)))")
              .first();
      System.out.println("table " + table.name() + " " + sum);
    }
  }
}
