package io.longcast.bench;

import static org.apache.spark.sql.functions.col;

import io.longcast.benchmark.BenchmarkReport;
import io.longcast.config.RunSpec;
import io.longcast.flow.DetectFlow;
import io.longcast.flow.FaultReport;
import io.longcast.flow.TrainFlow;
import io.longcast.flow.TrainOutcome;
import io.longcast.generate.GenerateSpec;
import io.longcast.generate.GenerateStage;
import io.longcast.pipeline.StageClock;
import io.longcast.report.TerminalTable;
import io.longcast.settings.SettingException;
import io.longcast.table.EventsTable;
import io.longcast.table.ForecastsTable;
import io.longcast.write.TableReader;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * The effect of faults among the training rows: a fleet is generated several times, identical
 * except for the share of faulty rows in its first two thirds; network, scales and tails learn from
 * these alone, and the faults of the last third, the same every time, are to be found.
 */
public final class ContaminationFlow {
  private static final double[] SHARES = {0, .01, .05, .1};
  private static final int ECHO = 24;
  private static final double WEEK = 7 * 86_400;

  private final SparkSession spark;
  private final RunSpec run;
  private final StageClock clock;
  private final Timestamp cut;

  private ContaminationFlow(SparkSession spark, RunSpec run, StageClock clock) {
    this.spark = spark;
    this.run = run;
    this.clock = clock;
    Duration interval = run.generate().interval();
    long learned = run.generate().steps() * 2 / 3;
    cut =
        Timestamp.from(Instant.parse(run.generate().start()).plus(interval.multipliedBy(learned)));
  }

  /**
   * One share.
   *
   * @param share of the training rows that have a fault in any channel, as generated
   * @param mase of the network on its validation windows, which are as contaminated
   * @param faults of the last third
   * @param falseEventsPerWeek events of the last third outside its faults, per series and week
   */
  public record Outcome(
      double share, double mase, FaultReport.Kind faults, double falseEventsPerWeek) {
    Map<String, Double> figures() {
      double named = faults.named();
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("mase", mase);
      figures.put("recall", faults.found() / (double) faults.faults());
      figures.put("hit_at_1", faults.first() / named);
      figures.put("hit_at_3", faults.third() / named);
      figures.put("false_events_per_series_week", falseEventsPerWeek);
      return figures;
    }
  }

  /** Runs the study below the run's output folder; the run must generate a fleet with faults. */
  public static BenchResult run(SparkSession spark, RunSpec run, StageClock clock) {
    long start = System.nanoTime();
    if (run.generate().faultEvery() == 0) {
      throw new SettingException(
          "generate.faultEvery", "the study needs faults to find: faultEvery must be > 0, found 0");
    }
    ContaminationFlow flow = new ContaminationFlow(spark, run, clock);
    List<Outcome> outcomes = new ArrayList<>();
    for (double share : SHARES) {
      outcomes.add(flow.run(share));
    }
    return result(outcomes, run.generate(), (System.nanoTime() - start) / 1e9);
  }

  /** The outcomes as a table and as figures whose names begin with the share in thousandths. */
  static BenchResult result(List<Outcome> outcomes, GenerateSpec fleet, double seconds) {
    TerminalTable table =
        new TerminalTable(
            List.of("faulty rows", "mase", "recall", "hit@1", "hit@3", "false a week"));
    Map<String, Double> metrics = new LinkedHashMap<>();
    for (Outcome each : outcomes) {
      Map<String, Double> figures = each.figures();
      table.row("%.3f".formatted(each.share()), List.copyOf(figures.values()));
      long thousandths = Math.round(1000 * each.share());
      figures.forEach((name, value) -> metrics.put("faulty_" + thousandths + "_" + name, value));
    }
    return new BenchResult(
        table.toString().lines().toList(),
        BenchmarkReport.of("contamination", metrics, Map.of(), fleet, seconds));
  }

  private Outcome run(double share) {
    GenerateSpec dirty = run.generate().withFaults(Math.max(16, run.generate().faultEvery() / 3));
    double full = share(dirty, run.generate().series());
    long faulty = Math.min(run.generate().series(), Math.round(share / full * dirty.series()));
    String folder = run.output().table("contamination");
    clock.time("generate", () -> write(dirty, faulty, folder));
    RunSpec all = run.withSource("parquet", folder + "/all");
    RunSpec known = run.withSource("parquet", folder + "/known");
    TrainOutcome training = TrainFlow.run(spark, known, false, clock);
    DetectFlow.run(spark, all, training.model(), clock);
    return outcome(share(dirty, faulty), training);
  }

  /** Share of the training rows that lie in faults of the given number of series. */
  private double share(GenerateSpec dirty, long faulty) {
    long seconds =
        GenerateStage.labels(spark, dirty)
            .where(col("start").lt(cut).and(col("series_id").isin(ids(dirty, faulty))))
            .selectExpr("sum(cast(end as long) - cast(start as long))")
            .collectAsList()
            .stream()
            .mapToLong(row -> row.isNullAt(0) ? 0 : row.getLong(0))
            .sum();
    double steps = seconds * 1000.0 / dirty.interval().toMillis();
    return steps / (dirty.series() * (dirty.steps() * 2.0 / 3));
  }

  private Object[] ids(GenerateSpec dirty, long count) {
    return GenerateStage.labels(spark, dirty)
        .select("series_id")
        .distinct()
        .sort("series_id")
        .limit((int) count)
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toArray();
  }

  private void write(GenerateSpec dirty, long faulty, String folder) {
    Dataset<Row> later =
        GenerateStage.generate(spark, run.generate()).where(col("timestamp").geq(cut));
    Object[] ids = ids(dirty, faulty);
    Dataset<Row> known =
        GenerateStage.generate(spark, dirty)
            .where(col("series_id").isin(ids))
            .unionByName(
                GenerateStage.generate(spark, dirty.withFaults(0))
                    .where(col("series_id").isin(ids).equalTo(false)))
            .where(col("timestamp").lt(cut));
    known.write().mode(SaveMode.Overwrite).parquet(folder + "/known");
    known.unionByName(later).write().mode(SaveMode.Overwrite).parquet(folder + "/all");
  }

  private Outcome outcome(double share, TrainOutcome training) {
    GenerateSpec spec = run.generate();
    Dataset<Row> labels = GenerateStage.labels(spark, spec).where(col("start").geq(cut));
    Dataset<Row> events =
        new TableReader(spark, run.output())
            .read(EventsTable.TABLE)
            .where(col(ForecastsTable.MODEL_ID).equalTo(training.model().id()))
            .where(col(EventsTable.START).geq(cut));
    int channels = run.source().valueColumns().size();
    FaultReport report =
        FaultReport.of(
            labels, events, spec.interval(), channels, spec.interval().multipliedBy(ECHO));
    double weeks =
        spec.series() * (spec.steps() / 3.0) * spec.interval().toMillis() / 1000.0 / WEEK;
    return new Outcome(
        share,
        training.comparison().subject().mase(),
        report.sum(),
        (report.falseEvents() + report.echoes()) / weeks);
  }
}
