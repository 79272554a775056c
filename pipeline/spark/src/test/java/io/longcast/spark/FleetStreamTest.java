package io.longcast.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.generate.GenerateStage;
import io.longcast.table.AnomaliesTable;
import io.longcast.table.RejectsTable;
import io.longcast.testing.SharedSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Thirty days of forty machines with four sensors each, as a stream whose rows come up to five
 * hours late and which is killed five times: the scores and events of one pass, bit for bit.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FleetStreamTest {
  private static final int MACHINES = 40;
  private static final int STEPS = 720;
  private static final int KILLS = 5;
  private static final long HOUR = 3600;
  private static final long START = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();
  private static final String[] SENSORS = {"temperature", "vibration", "pressure", "current"};
  private static final String SCHEMA =
      "series_id STRING, timestamp TIMESTAMP, temperature DOUBLE, vibration DOUBLE,"
          + " pressure DOUBLE, current DOUBLE";

  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();
  private List<Row> fleet;
  private AnomalyDetectorModel detector;
  private List<String> scores;
  private Map<String, String> events;

  @BeforeAll
  void detectInOnePass() {
    List<String> words =
        List.of("generate.series=" + MACHINES, "generate.steps=" + STEPS, "generate.interval=1h");
    fleet =
        GenerateStage.generate(spark, RunFile.read(Optional.empty(), words).spec().generate())
            .select("series_id", "timestamp", "temperature", "vibration", "pressure", "current")
            .collectAsList();
    Dataset<Row> rows =
        spark.createDataFrame(fleet, org.apache.spark.sql.types.StructType.fromDDL(SCHEMA));
    ForecasterModel forecaster =
        new Forecaster()
            .setSeriesCols("series_id")
            .setTimestampCol("timestamp")
            .setTargetCols(SENSORS)
            .setFrequency("1h")
            .setHorizon(12)
            .setContextLength(72)
            .set("model.hiddenSize", 8)
            .set("training.steps", 40)
            .set("training.shards", 2)
            .fit(rows);
    detector = new AnomalyDetector().setForecaster(forecaster).setAlarmBudget(1).fit(rows);
    detector.set("stream.watermark", "6 hours");
    scores = StreamRun.sorted(detector.anomalies(rows).collectAsList());
    events = StreamRun.events(detector.events(rows).collectAsList());
    assertThat(scores).hasSizeGreaterThan(MACHINES * STEPS * 3);
    assertThat(events).hasSizeGreaterThan(10);
  }

  private record Arriving(long at, String line) {}

  /** Lines of CSV in an order of arrival, then the row after which all steps are complete. */
  private Path arriving(int files, long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines =
        new ArrayList<>(
            fleet.stream()
                .map(row -> arriving(row, random))
                .sorted(Comparator.comparingLong(Arriving::at).thenComparing(Arriving::line))
                .map(Arriving::line)
                .toList());
    Path path = Files.createDirectories(folder.resolve("rows"));
    for (int i = 0; i < files; i++) {
      int from = (int) ((long) lines.size() * i / files);
      int to = (int) ((long) lines.size() * (i + 1) / files);
      write(path, i, lines.subList(from, to));
    }
    Instant over = Instant.ofEpochSecond(START + (STEPS + 6) * HOUR);
    write(path, files, List.of("clock,%s,0,0,0,0".formatted(over)));
    return path;
  }

  private static Arriving arriving(Row row, SplittableRandom random) {
    Instant time = row.getTimestamp(1).toInstant();
    StringBuilder line = new StringBuilder(row.getString(0)).append(',').append(time);
    for (int i = 2; i < row.size(); i++) {
      line.append(',').append(row.isNullAt(i) ? "" : Double.toString(row.getDouble(i)));
    }
    return new Arriving(time.getEpochSecond() + random.nextLong(5 * HOUR), line.toString());
  }

  private static void write(Path path, int number, List<String> lines) throws Exception {
    Path file = Files.write(path.resolve("%05d.csv".formatted(number)), lines);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L + 1000L * number));
  }

  private Dataset<Row> streamed(Path path, int filesABatch, int partitions) {
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.shuffle.partitions", partitions);
    return detector.transformStream(
        session
            .readStream()
            .schema(SCHEMA)
            .option("maxFilesPerTrigger", filesABatch)
            .csv(path.toString()));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 2", "300, 7"})
  void theScoresAndEventsAreThoseOfOnePass(int batches, int partitions) throws Exception {
    int files = Math.max(7, batches);
    Path path = arriving(files, batches);
    int filesABatch = batches == 1 ? 2 * files : files / batches;
    StreamRun run = new StreamRun(folder.resolve("checkpoint"));
    for (int i = 0; i < KILLS; i++) {
      int wanted = Math.max(1, batches * (i + 1) / (KILLS + 1));
      run.killed(streamed(path, filesABatch, partitions), Math.min(wanted, batches));
    }
    run.available(streamed(path, filesABatch, partitions));
    assertThat(run.batches()).isGreaterThanOrEqualTo(batches);
    assertThat(StreamRun.sorted(run.rows(AnomaliesTable.TABLE))).isEqualTo(scores);
    assertThat(run.events()).isEqualTo(events);
    assertThat(run.rows(RejectsTable.TABLE)).isEmpty();
  }
}
