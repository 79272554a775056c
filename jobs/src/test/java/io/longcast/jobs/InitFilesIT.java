package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.TrainFlow;
import io.longcast.flow.draft.DraftFlow;
import io.longcast.flow.draft.RunName;
import io.longcast.logs.LogSpec;
import io.longcast.logs.draft.LogDraftFlow;
import io.longcast.logs.flow.LogTrainFlow;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code longcast init} on every file and folder of public data and of the reported cases: the run
 * file that it writes trains without an edit, for a few steps. Of folders with many files of one
 * kind the first and the last are taken; {@code -Dlongcast.init=all} takes all, {@code
 * -Dlongcast.init=REGEX} those whose path matches. One line a file goes to {@code
 * target/init-files.tsv}.
 */
@Tag("long")
class InitFilesIT {
  /** What is no data, and why. */
  private static final Map<String, String> NO_DATA =
      Map.of(
          ".*/(README|UPSTREAM|LICENSE|SHA256SUMS)[^/]*", "a text about the data",
          ".*\\.(conf|crc)", "a run file or a checksum",
          ".*/(labels|config)/.*|.*/labeled_anomalies\\.csv", "labels and settings of a protocol",
          ".*/(published|telemanom_published)[^/]*", "published results",
          ".*/series\\.csv", "a list of the other files",
          ".*_templates\\.csv", "a list of templates",
          ".*_structured\\.csv", "the parsed form of the log beside it",
          ".*/hdfs_[^/]*", "sessions of message numbers, which no format of a log has");

  private static final List<String> BOUNDED =
      List.of(
          "training.steps=4",
          "training.shards=1",
          "training.averagingFrequency=2",
          "backtest.baselines=[seasonal-naive]",
          "backtest.gate=off",
          "anomaly.stride=8",
          "anomaly.calibrationSeries=3");

  @TempDir static Path folder;

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    SparkSession.Builder builder =
        SparkSession.builder().master("local[2]").config("spark.sql.shuffle.partitions", "2");
    Sessions.settings("local[2]").forEach(builder::config);
    spark = builder.getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @TestFactory
  Stream<DynamicTest> trainsOnPublicData() throws IOException {
    return tests(Path.of(System.getProperty("longcast.data", "../shared/data")));
  }

  @TestFactory
  Stream<DynamicTest> trainsOnReportedCases() throws IOException {
    return tests(Path.of(System.getProperty("longcast.cases", "../shared/cases")));
  }

  private static Stream<DynamicTest> tests(Path root) throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(root), () -> "no data at " + root);
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).filter(InitFilesIT::isData).sorted().toList();
    }
    String which = System.getProperty("longcast.init", "");
    return Stream.concat(some(files, which), folders(files, root))
        .filter(file -> which.isEmpty() || which.equals("all") || file.toString().matches(which))
        .map(
            file ->
                DynamicTest.dynamicTest(root.relativize(file).toString(), () -> train(root, file)));
  }

  private static boolean isData(Path file) {
    return NO_DATA.keySet().stream().noneMatch(pattern -> file.toString().matches(pattern));
  }

  /** The first and the last file of each folder, or all. */
  private static Stream<Path> some(List<Path> files, String which) {
    if (!which.isEmpty()) {
      return files.stream();
    }
    return byFolder(files).values().stream()
        .flatMap(in -> in.size() <= 3 ? in.stream() : Stream.of(in.get(0), in.get(in.size() - 1)));
  }

  private static Map<Path, List<Path>> byFolder(List<Path> files) {
    return files.stream()
        .collect(Collectors.groupingBy(Path::getParent, TreeMap::new, Collectors.toList()));
  }

  /** Folders whose files are parts of one table or one log: those that hold nothing else. */
  private static Stream<Path> folders(List<Path> files, Path root) {
    Map<Path, List<Path>> byFolder = byFolder(files);
    Stream<Path> plain =
        byFolder.keySet().stream()
            .filter(
                in -> byFolder.get(in).size() > 1 && in.getNameCount() > root.getNameCount() + 1);
    Stream<Path> partitioned =
        byFolder.keySet().stream()
            .filter(in -> in.getFileName().toString().contains("="))
            .map(Path::getParent)
            .distinct();
    return Stream.concat(plain, partitioned);
  }

  private static void train(Path root, Path data) throws IOException {
    long start = System.nanoTime();
    String text = "";
    String outcome = "ok";
    try {
      boolean log = LogDraftFlow.isLog(data);
      String output = Files.createTempDirectory(folder, "run").toString();
      text =
          log
              ? LogDraftFlow.run(spark, data, RunName.of(data), output).text()
              : DraftFlow.run(spark, data, output).text();
      Path file = Files.writeString(Path.of(output, "run.conf"), text);
      RunSpec run = RunFile.read(Optional.of(file), BOUNDED).spec();
      assertThat(run.section(LogSpec.class).isConfigured()).isEqualTo(log);
      if (log) {
        LogTrainFlow.run(spark, run, false, new StageClock(Progress.SILENT));
      } else {
        TrainFlow.run(spark, run, false, new StageClock(Progress.SILENT));
      }
    } catch (RuntimeException | Error failure) {
      outcome = failure.toString().lines().findFirst().orElse("").strip();
      throw new AssertionError(text + failure.getMessage(), failure);
    } finally {
      double seconds = (System.nanoTime() - start) / 1e9;
      List<String> cells = new ArrayList<>();
      cells.add(root.relativize(data).toString());
      cells.add("%.1f".formatted(seconds));
      cells.add(outcome);
      Files.writeString(
          Files.createDirectories(Path.of("target")).resolve("init-files.tsv"),
          String.join("\t", cells) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
