package io.longcast.flow;

import static org.apache.spark.sql.functions.col;

import io.longcast.anomaly.Verdicts;
import io.longcast.config.RunSpec;
import io.longcast.files.FolderSystem;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.Serving;
import io.longcast.read.ReadResult;
import io.longcast.read.ReadStage;
import io.longcast.sparkinternals.EngineSession;
import io.longcast.stream.StreamCounts;
import io.longcast.stream.StreamSpec.TopicSpec;
import io.longcast.table.EventsTable;
import io.longcast.table.ForecastsTable;
import io.longcast.table.StreamedTables;
import io.longcast.write.TableSink;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Scores the values of series, into the tables that {@link DetectFlow} writes. */
final class SeriesStreamJob implements StreamJob {
  private final SparkSession spark;
  private final RunSpec run;
  private final TableSink sink;
  private final StreamFlow.Models models;
  private final StreamCounts counts;
  private final Consumer<String> progress;

  SeriesStreamJob(
      SparkSession spark,
      RunSpec run,
      StreamFlow.Models models,
      StreamCounts counts,
      Consumer<String> progress) {
    this.spark = spark;
    this.run = run;
    this.models = models;
    this.counts = counts;
    this.progress = progress;
    sink = TableSink.open(spark, run.output());
  }

  @Override
  public String modelId() {
    return models.id();
  }

  @Override
  public Opened open(String modelId, String checkpoint) {
    ServedModel model = models.load(modelId);
    RunSpec reading = model.reading(run);
    ReadResult read = ReadStage.stream(spark, reading.source());
    Optional<Dataset<Row>> known = known(model);
    boolean ownStates = !run.anomaly().resume() || isBegun(spark, checkpoint);
    Dataset<Row> streamed =
        new Serving(spark, reading, model, verdicts(model))
            .streamed(read, ownStates ? Optional.empty() : known, known, counts);
    StreamTables tables =
        new StreamTables(sink, StreamedTables.ALL, topics(), model.id(), read.source());
    return new Opened(streamed, tables::write);
  }

  private Verdicts verdicts(ServedModel model) {
    Verdicts verdicts = VerdictFlow.verdicts(spark, run, model.state().layout().channels());
    verdicts.lines().forEach(progress);
    return verdicts;
  }

  private StreamTopics topics() {
    TopicSpec kafka = run.stream().kafka();
    return new StreamTopics(kafka)
        .with(kafka.topic(), EventsTable.TABLE, col(EventsTable.EVENT_ID))
        .with(kafka.forecasts(), ForecastsTable.TABLE, col(ForecastsTable.SERIES_ID));
  }

  @Override
  public Words words() {
    return new Words("steps scored", "events began", "ended", "rows", "series");
  }

  @Override
  public Alerted alerted() {
    return new Alerted(EventsTable.TABLE, UnaryOperator.identity());
  }

  /**
   * Whether the stream has finished a micro-batch, whose states are its own. One that failed in its
   * first is done again from those of the batch run.
   */
  private static boolean isBegun(SparkSession spark, String checkpoint) {
    Path commits = new Path(checkpoint, "commits");
    FolderSystem files = FolderSystem.of(EngineSession.hadoopConf(spark), commits);
    return files.exists(commits)
        && files.list(commits).stream().anyMatch(file -> file.getPath().getName().matches("\\d+"));
  }

  /** All states of the model in the table, which say how many series share a budget. */
  private Optional<Dataset<Row>> known(ServedModel model) {
    return DetectFlow.states(sink, model).filter(states -> !states.isEmpty());
  }
}
