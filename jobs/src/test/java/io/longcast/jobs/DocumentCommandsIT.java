package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the documents, one after another as a reader types them, on small data and with
 * few steps of training. What is not run here, and why, stands in {@link #ELSEWHERE}.
 */
@Tag("long")
class DocumentCommandsIT {
  private static final Path ROOT = SparkHome.ROOT;
  private static final Pattern WORD = Pattern.compile("'[^']*'|\"[^\"]*\"|\\S+");
  private static final Pattern EVENT = Pattern.compile("EVENT_ID|\\b[0-9a-f]{16}\\b");
  private static final Pattern COMMAND = Pattern.compile("(?m)^bin/longcast ([^#\\n]*)");

  /** Commands that other tests run, or that need what is not here. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "benchmark .*", "public data: the tests of the benchmarks",
          "pretrain .*", "hours: the tests of io.longcast.model.zero",
          "notebook .*", "Debian's nbconvert: .ci/run",
          ".*--master (spark|yarn|local-cluster).*", "a cluster: SubmitIT, DemoClusterIT",
          "stream [^-]*", "does not end: StreamFlowIT",
          "help .*", "no run: LongcastTest");

  private static final List<String> BOUNDED =
      List.of("training.steps=5", "training.shards=1", "report.automatic=false");

  private static final List<String> SMALL =
      List.of(
          "generate.series=3",
          "generate.steps=900",
          "generate.dirty=0",
          "logs.generate.devices=10",
          "anomaly.stride=24",
          "backtest.baselines=[seasonal-naive]");

  private static final String PAST =
      "source.query=\"select * from source where timestamp < '2024-02-01T00:00:00Z'\"";

  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicContainer> ofEveryDocument() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs.sorted())
          .filter(file -> file.toString().endsWith(".md"))
          .map(file -> ROOT.relativize(file).toString())
          .map(name -> DynamicContainer.dynamicContainer(name, tests(name)))
          .toList()
          .stream();
    }
  }

  private static List<DynamicTest> tests(String document) {
    Path home = folder.resolve(document.replaceAll("\\W", "-"));
    String words;
    try {
      Files.createDirectories(home);
      Files.writeString(home.resolve("meters.csv"), meters());
      Files.writeString(home.resolve("app.log"), log());
      words = Files.readString(ROOT.resolve(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<DynamicTest> tests = new ArrayList<>();
    Matcher command = COMMAND.matcher(words);
    while (command.find()) {
      String text = command.group(1).strip();
      if (ELSEWHERE.keySet().stream().noneMatch(text::matches)) {
        tests.add(DynamicTest.dynamicTest(text, () -> run(text, home)));
      }
    }
    return tests;
  }

  private static void run(String text, Path home) throws IOException {
    prepare(text, home);
    CliResult result = execute(inPlace(text, home), home);
    assertThat(result.code())
        .as(text + "\n" + result.out() + result.err())
        .isIn(0, ExitCode.GATE_MISSED);
    assertThat(result.err()).doesNotContain("\tat ");
  }

  /** What a reader did before: the documents list commands by their subject. */
  private static void prepare(String text, Path home) {
    if (text.contains("run.conf") && !Files.exists(home.resolve("run.conf"))) {
      execute("init meters.csv --run-file run.conf", home);
      if (!text.startsWith("train ")) {
        execute("train run.conf", home);
      }
    }
    if (text.contains("conf/energy.conf") && !text.startsWith("generate ")) {
      String output = text.contains("--output") ? "elsewhere" : "energy";
      if (!Files.exists(home.resolve(output).resolve("observations"))) {
        String there = text.contains("--output") ? " --output there" : "";
        execute("generate conf/energy.conf" + there, home);
      }
    }
    if (text.startsWith("verdict ") && !Files.exists(home.resolve("energy/events"))) {
      execute("train conf/energy.conf", home);
      execute("detect conf/energy.conf", home, "anomaly.alarmBudget=20");
    }
    if (text.startsWith("run ") && !Files.exists(home.resolve("energy/models"))) {
      execute(text.replaceFirst("run", "train"), home);
    }
    if (text.startsWith("evaluate ")) {
      // What it forecasts has been observed since.
      execute(text.replaceFirst("evaluate", "forecast"), home, PAST);
    }
  }

  /** The command with what stands for a thing of the reader's own. */
  private static String inPlace(String text, Path home) throws IOException {
    if (text.equals("demo")) {
      // bin/longcast names its folder in LONGCAST_HOME, which a test does not have.
      return "demo conf/sensors.conf";
    }
    Matcher event = EVENT.matcher(text);
    if (event.find()) {
      CliResult events = execute("show events conf/energy.conf --json-lines --limit 1", home);
      return event.replaceFirst(new ObjectMapper().readTree(events.out()).get("event_id").asText());
    }
    return text;
  }

  private static CliResult execute(String text, Path home, String... more) {
    List<String> words = new ArrayList<>();
    Optional<String> conf = Optional.empty();
    for (String word : words(text)) {
      if (word.startsWith("conf/")) {
        conf = Optional.of(word);
        words.add(ROOT.resolve(word).toString());
      } else if (word.matches("(meters|app|run)\\.(csv|log|conf|json)")) {
        words.add(home.resolve(word).toString());
      } else {
        words.add(word);
      }
    }
    settle(words, conf, home);
    words.addAll(List.of(more));
    return CliResult.by(words);
  }

  /** As a shell divides them. */
  private static List<String> words(String text) {
    return WORD.matcher(text)
        .results()
        .map(word -> word.group().replaceAll("^['\"]|['\"]$", ""))
        .toList();
  }

  /** Adds what keeps a command within the folder of the test, and short. */
  private static void settle(List<String> words, Optional<String> conf, Path home) {
    String name = words.get(0);
    if (name.equals("train") && !words.contains("--force")) {
      // With these few steps a network may lose to a baseline, and would not be promoted.
      words.add("--force");
    }
    int output = words.indexOf("--output");
    if (output >= 0) {
      words.set(output + 1, home.resolve("elsewhere").toString());
    } else {
      String of = conf.map(file -> file.replaceAll(".*/|\\.conf", "")).orElse(subject(words));
      words.addAll(List.of("--output", home.resolve(of).toString()));
    }
    words.addAll(List.of("--master", "local[2]"));
    if (name.equals("init")) {
      words.add("--force");
      if (!words.contains("--run-file")) {
        words.addAll(List.of("--run-file", words.get(1).replaceAll("\\.[a-z]+$", ".conf")));
      }
      return;
    }
    words.addAll(BOUNDED);
    if (conf.isPresent()) {
      words.addAll(SMALL);
    }
  }

  private static String subject(List<String> words) {
    return words.stream().anyMatch(word -> word.contains("app.")) ? "app" : "meters-out";
  }

  private static String meters() {
    StringBuilder text = new StringBuilder("meter,region,store,time,load\n");
    for (int meter = 0; meter < 4; meter++) {
      LocalDateTime time = LocalDateTime.of(2024, 1, 1, 0, 0);
      for (int hour = 0; hour < 700; hour++) {
        double load = 20 + 5 * Math.sin(2 * Math.PI * (hour + meter) / 24) + hour % 7 * 0.1;
        text.append(
            "m%d,r%d,s%d,%s,%.2f%n"
                .formatted(meter, meter / 2, meter % 2, time.plusHours(hour), load));
      }
    }
    return text.toString();
  }

  private static String log() {
    StringBuilder text = new StringBuilder();
    LocalDateTime time = LocalDateTime.of(2024, 1, 1, 0, 0);
    List<String> messages =
        List.of("accepted from 10.0.0.7", "queued at 3", "started", "finished in 12 ms");
    for (int job = 0; job < 300; job++) {
      for (int line = 0; line < messages.size(); line++) {
        text.append(
            "%s INFO [job-%04d] %s%n"
                .formatted(time.plusSeconds(60L * job + 5 * line + 1), job, messages.get(line)));
      }
    }
    return text.toString();
  }
}
