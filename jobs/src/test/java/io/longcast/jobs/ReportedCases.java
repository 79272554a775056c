package io.longcast.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.ForecastFlow;
import io.longcast.flow.ModelStore;
import io.longcast.flow.TrainFlow;
import io.longcast.logs.LogLineCounts;
import io.longcast.logs.LogSpec;
import io.longcast.logs.flow.LogDetectFlow;
import io.longcast.logs.flow.LogTrainFlow;
import io.longcast.logs.line.LogReadStage;
import io.longcast.pipeline.BundleWriter;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.table.RejectsTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Assumptions;

/**
 * Runs the run files of the reported cases with what the commands run, in one session. Where the
 * folder of the system property {@code longcast.cases} is absent, tests are skipped with the
 * reason, or fail where {@code -Dlongcast.requireData=true} is set.
 */
final class ReportedCases implements AutoCloseable {
  private final Path folder;
  private final Path output;
  private final SparkSession spark;

  private ReportedCases(Path folder, Path output, SparkSession spark) {
    this.folder = folder;
    this.output = output;
    this.spark = spark;
  }

  /**
   * @param output where runs write, each to a folder of its own
   */
  static ReportedCases open(Path output) {
    Path folder = Path.of(System.getProperty("longcast.cases", "absent"));
    if (!Files.isDirectory(folder)) {
      String reason = "no reported cases at " + folder + " (system property longcast.cases)";
      if (Boolean.getBoolean("longcast.requireData")) {
        throw new AssertionError(reason);
      }
      Assumptions.abort(reason);
    }
    SparkSession.Builder builder =
        SparkSession.builder().master("local[2]").config("spark.sql.shuffle.partitions", "2");
    Sessions.settings("local[2]").forEach(builder::config);
    return new ReportedCases(folder, output, builder.getOrCreate());
  }

  /** All run files, as {@code 01/run.conf}. */
  List<String> runFiles() {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".conf"))
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The settings of a run file, whose paths are relative to the folder of the cases. */
  RunSpec settings(String file, String... more) {
    Path path = folder.resolve(file);
    Config written = ConfigFactory.parseFile(path.toFile());
    List<String> words = new ArrayList<>();
    for (String key : List.of("source.paths", "logs.paths")) {
      if (written.hasPath(key)) {
        words.add(key + "=" + absolute(written.getStringList(key)));
      }
    }
    words.add("output.path=" + output.resolve(path.getParent().getFileName()));
    words.add("backtest.gate=off");
    words.addAll(List.of(more));
    return RunFile.read(Optional.of(path), words).spec();
  }

  private String absolute(List<String> paths) {
    return paths.stream()
        .map(path -> '"' + folder.resolve(path).toString() + '"')
        .collect(Collectors.joining(",", "[", "]"));
  }

  /** Reads and cleans the series of a run file, as every command does first. */
  CleanedCase series(String file, String... more) {
    RunSpec run = settings(file, more);
    try (SeriesDataset data = SeriesDataset.read(spark, run, Optional.empty())) {
      return new CleanedCase(
          data.requireSeries(),
          data.layout(),
          data.frequency().orElseThrow(),
          data.segments().collect(),
          reasons(data.rejects()));
    }
  }

  /** What was rejected, and how often. */
  List<String> rejected(String file, String... more) {
    RunSpec run = settings(file, more);
    try (SeriesDataset data = SeriesDataset.read(spark, run, Optional.empty())) {
      return reasons(data.rejects());
    }
  }

  private static List<String> reasons(Dataset<Row> rejects) {
    return rejects.select(RejectsTable.REASON).collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  /** The lines of a log in their order, with the counts of all. */
  LogCase lines(String file, String... more) {
    LogSpec spec = settings(file, more).section(LogSpec.class);
    Dataset<Row> lines = LogReadStage.read(spark, spec.paths(), spec.lines(), spec.files()).cache();
    try {
      LogLineCounts counts =
          LogLineCounts.of(lines).withRead(LogReadStage.count(spark, spec.paths(), spec.files()));
      counts.requireUsed();
      return new LogCase(
          counts, lines.orderBy("timestamp", "source_order", "source_offset").collectAsList());
    } finally {
      lines.unpersist();
    }
  }

  /** Trains by one run file and forecasts by another; the rows of the forecasts table. */
  List<Row> forecasts(String training, String serving) {
    TrainFlow.run(spark, settings(training), false, clock());
    RunSpec run = settings(serving);
    ForecastFlow.run(
        spark, run, BundleWriter.served(new ModelStore(spark, run).latestBundle()), clock());
    return spark
        .read()
        .parquet(run.output().table("forecasts"))
        .orderBy(functions.col("series_id"), functions.col("step"))
        .collectAsList();
  }

  /** Trains a log by one run file and judges another; the abnormal sessions. */
  long abnormalSessions(String training, String judged) {
    LogTrainFlow.run(spark, settings(training), false, clock());
    return LogDetectFlow.run(spark, settings(judged), clock()).anomalies();
  }

  private static StageClock clock() {
    return new StageClock(Progress.SILENT);
  }

  @Override
  public void close() {
    spark.stop();
  }
}
