package io.longcast.metrics;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.DetectFlow;
import io.longcast.flow.ForecastFlow;
import io.longcast.flow.GenerateFlow;
import io.longcast.flow.StreamFlow;
import io.longcast.flow.TrainFlow;
import io.longcast.pipeline.ServedModel;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.stream.StreamCounts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * A process that trains, forecasts, detects and streams, and reads its own metrics by HTTP: the
 * argument is a folder. Writes what it read as {@code batch.txt} and {@code stream.txt}, and what
 * it did as {@code done.txt}, lines of name and number.
 */
public final class MetricsRun {
  private static final Pattern SCORED = Pattern.compile("_stream_scored_(Count|Value)\\{.*} [1-9]");

  private final SparkSession spark;
  private final Path folder;
  private final URI metrics;
  private final StringBuilder done = new StringBuilder();

  private MetricsRun(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
    int port = URI.create(spark.sparkContext().uiWebUrl().get()).getPort();
    // Without the last slash Spark's server redirects, which a scraper follows.
    metrics = URI.create("http://127.0.0.1:" + port + "/metrics/prometheus/");
  }

  public static void main(String[] args) throws Exception {
    SparkConf conf = new SparkConf().setMaster("local[2]").setAppName("metrics");
    conf.set("spark.ui.enabled", "true").set("spark.ui.port", "0");
    LongcastPlugin.into(conf);
    try (SparkSession spark = SparkSession.builder().config(conf).getOrCreate()) {
      new MetricsRun(spark, Path.of(args[0])).run();
    }
  }

  private void run() throws Exception {
    StageClock clock = new StageClock(Progress.SILENT);
    RunSpec run = settings();
    GenerateFlow.Written written =
        GenerateFlow.run(spark, run.generate(), folder.resolve("data").toString());
    RunSpec reading = run.withSource(written.format(), written.observations());
    ServedModel model = TrainFlow.run(spark, reading, false, clock).model();
    ForecastFlow.Outcome forecast = ForecastFlow.run(spark, reading, model, clock);
    DetectFlow.Outcome detected = DetectFlow.run(spark, reading, model, clock);
    say("rows_read", 3 * detected.rows().read());
    say("rows_rejected", 3 * detected.rows().rejected());
    say("steps_scored", detected.counts().rows());
    say("events_written", detected.counts().events());
    say("events_open", detected.counts().open());
    say("series_forecast", forecast.statuses().getOrDefault("ok", 0L));
    say("task_series_forecast", forecast.statuses().getOrDefault("ok", 0L));
    Files.writeString(folder.resolve("batch.txt"), get());
    stream(reading, model);
    Files.writeString(folder.resolve("done.txt"), done);
  }

  /** Until its first steps are scored; the metrics are read while it runs. */
  private void stream(RunSpec run, ServedModel model) throws Exception {
    AtomicInteger batches = new AtomicInteger();
    StreamFlow stream =
        new StreamFlow(spark, run, StreamFlow.fixed(model), line -> batches.incrementAndGet());
    CompletableFuture<StreamFlow.Outcome> running =
        CompletableFuture.supplyAsync(() -> stream.run(false));
    String page = "";
    while (!running.isDone()
        && (batches.get() == 0 || !page.contains("lag_seconds") || !SCORED.matcher(page).find())) {
      page = get();
    }
    Files.writeString(folder.resolve("stream.txt"), page);
    stream.stop();
    StreamFlow.Outcome outcome = running.join();
    say("stream_scored", outcome.counts().get(StreamCounts.Kind.SCORED));
    say("stream_late", outcome.counts().get(StreamCounts.Kind.LATE));
    Files.writeString(folder.resolve("after.txt"), get());
  }

  private void say(String name, long figure) {
    done.append(name).append(' ').append(figure).append('\n');
  }

  private String get() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(metrics).build();
    HttpResponse<String> page =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (page.statusCode() != 200) {
      throw new IllegalStateException("HTTP " + page.statusCode() + ": " + page.body());
    }
    return page.body();
  }

  private RunSpec settings() {
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/sensors.conf");
    List<String> words =
        List.of(
            "output.path=" + folder.resolve("out"),
            "generate.series=4",
            "generate.steps=600",
            "generate.faultEvery=200",
            "training.steps=20",
            "training.shards=2",
            "anomaly.resume=false",
            "stream.watermark=3h",
            "stream.trigger=100ms",
            "stream.partitions=2");
    return RunFile.read(Optional.of(file), words).spec();
  }
}
