package io.longcast.flow;

import io.longcast.config.RunSpec;
import io.longcast.files.FolderSystem;
import io.longcast.forecast.ForecastSpec;
import io.longcast.pipeline.SeriesDataset;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.ServingState;
import io.longcast.read.RecentSpec;
import io.longcast.read.SourceWindow;
import io.longcast.read.file.SourceFiles;
import io.longcast.series.Frequency;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.table.SeriesStatusTable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The part of a source that one run reads for the model that serves, and the record of it. */
public final class RecentSource {
  private final SparkSession spark;
  private final RunSpec run;
  private final ServedModel model;
  private final SourceLedger ledger;
  private final List<FileStatus> listed;
  private final SourceWindow window;

  private RecentSource(
      SparkSession spark,
      RunSpec run,
      ServedModel model,
      SourceLedger ledger,
      List<FileStatus> listed,
      SourceWindow window) {
    this.spark = spark;
    this.run = run;
    this.model = model;
    this.ledger = ledger;
    this.listed = listed;
    this.window = window;
  }

  /**
   * Lists the files of the source and decides which are read.
   *
   * @param now the clock, past which rows cannot lie
   */
  public static RecentSource of(SparkSession spark, RunSpec run, ServedModel model, Instant now) {
    Path file = new Path(run.output().table("runs/" + run.name() + ".json"));
    FolderSystem files = FolderSystem.of(spark.sparkContext().hadoopConfiguration(), file);
    SourceLedger ledger = SourceLedger.open(files, file, run.source().label());
    List<FileStatus> listed = run.source().isFiles() ? listed(spark, run) : List.of();
    SourceWindow window =
        ledger.window(listed, model.id(), lookback(run, model), now.plus(run.run().maxAhead()));
    return new RecentSource(spark, run, model, ledger, listed, window);
  }

  private static List<FileStatus> listed(SparkSession spark, RunSpec run) {
    String format = run.source().format().toLowerCase(Locale.ROOT);
    return new SourceFiles(EngineSession.hadoopConf(spark), format)
        .roots(run.source().paths()).stream().flatMap(root -> root.files().stream()).toList();
  }

  /**
   * Time that a run looks back; empty for all of the source: where it is asked for, where the time
   * of rows is unknown, and for a query whose rows may depend on any others, unless its author says
   * how far.
   */
  static Optional<Duration> lookback(RunSpec run, ServedModel model) {
    Duration asked = run.run().lookback();
    boolean all =
        run.run().read() == RecentSpec.Read.ALL
            || !run.anomaly().resume()
            || model.state().frequency().equals(ServingState.ROWS)
            || (asked.isZero() && (run.source().query().isPresent() || looksAtAll(run)));
    if (all) {
      return Optional.empty();
    }
    return Optional.of(asked.isZero() ? needed(run, model) : asked);
  }

  private static boolean looksAtAll(RunSpec run) {
    return run.evaluate().window().isZero();
  }

  /** What forecasts, the evaluation of past ones, and drift look back on. */
  private static Duration needed(RunSpec run, ServedModel model) {
    ServingState state = model.state();
    double seconds = Frequency.parse(state.frequency()).meanSeconds();
    long context = (long) state.window().contextLength() + state.season();
    int horizon = state.window().horizon();
    long stale = run.forecast().staleAfter(horizon);
    Duration forecast = steps(context + stale + horizon * (1L + origins(run.forecast())), seconds);
    Duration evaluate = run.evaluate().window().plus(steps(context + horizon, seconds));
    Duration drift = steps(run.drift().minValues(), seconds);
    return List.of(forecast, evaluate, drift, run.drift().window()).stream()
        .max(Duration::compareTo)
        .orElseThrow();
  }

  /** Past origins that a forecast starts from too. */
  private static int origins(ForecastSpec how) {
    return Math.max(how.adaptive().origins(), how.reconcile().pastOrigins());
  }

  private static Duration steps(long count, double seconds) {
    return Duration.ofSeconds((long) Math.ceil(count * seconds));
  }

  /** The series of the window. */
  SeriesDataset read() {
    return SeriesDataset.read(
        spark, model.reading(run), Optional.of(model.state().codes()), window);
  }

  /**
   * Some series as the model has served them: since the lookback of the daily run, or as a whole
   * where no daily run has served the model yet, whose other commands read everything.
   */
  public SeriesDataset ofSeries(List<String> ids) {
    return SeriesDataset.read(
        spark,
        model.reading(run),
        Optional.of(model.state().codes()),
        window.from().isPresent() ? window : SourceWindow.ALL,
        ids);
  }

  /** What is read, in words. */
  String words() {
    String files =
        listed.isEmpty()
            ? ""
            : "; %,d of %,d files, %,d of them new"
                .formatted(
                    listed.size() - window.skipped().size(), listed.size(), window.fresh().size());
    return window
        .from()
        .map(from -> "rows since " + from.truncatedTo(ChronoUnit.SECONDS) + files)
        .orElse("all rows" + files);
  }

  /** Counts for machines. */
  Map<String, Object> figures() {
    return Map.of(
        "files", listed.size() - window.skipped().size(), "new_files", window.fresh().size());
  }

  /** Keeps what was read; the last step of a run. */
  void finish(SeriesDataset data) {
    ledger.finish(
        listed,
        data.newestRows(window.fresh(), window.until().orElseThrow()),
        model.id(),
        SeriesStatusTable.reached(data.statuses()));
  }
}
