package io.longcast.jobs;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that are killed at seeded moments, asked to end, or run into a full disk: what was
 * written before can be read, the same command run again gives the same tables and the same model,
 * and nothing is left over.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultSuiteIT {
  private static final int KILLS = Integer.getInteger("longcast.test.kills", 30);
  private static final long SEED = Long.getLong("longcast.test.seed", 23);
  private static final String BEFORE =
      "source.query=\"select * from source where timestamp < '%s'\"";
  private static final String EARLY = BEFORE.formatted("2024-01-31T00:00:00Z");
  private static final String LATER = BEFORE.formatted("2024-02-01T00:00:00Z");

  /** What is run before the command that is killed, and that command. */
  private static final Map<String, List<String>> BASES =
      new LinkedHashMap<>(
          Map.of(
              "train", List.of("seed=7", EARLY),
              "forecast", List.of(EARLY),
              "detect", List.of(EARLY),
              "evaluate", List.of(LATER)));

  private static final Map<String, List<String>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("train", List.of(EARLY));
    COMMANDS.put("forecast", List.of(LATER));
    COMMANDS.put("detect", List.of(LATER));
    COMMANDS.put("evaluate", List.of());
    COMMANDS.put("stream", List.of("--available"));
  }

  @TempDir Path folder;
  private final Map<String, Outputs> before = new TreeMap<>();
  private final Map<String, Outputs> after = new TreeMap<>();
  private final Map<String, Duration> durations = new TreeMap<>();

  private Path output() {
    return folder.resolve("out");
  }

  private Path temporary() {
    return folder.resolve("tmp");
  }

  private List<String> words(String command, Path output, List<String> more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                command,
                SparkHome.ROOT.resolve("conf/energy.conf").toString(),
                "generate.series=4",
                "generate.steps=800",
                "generate.ahead=0",
                "window.contextLength=96",
                "window.horizon=24",
                "training.steps=6",
                "training.shards=2",
                "training.refit=false",
                "anomaly.stride=12",
                "evaluate.maxMaseIncrease=1000",
                "evaluate.maxCoverageLoss=1",
                "report.automatic=false"));
    if (!command.equals("generate")) {
      words.add("source.paths=[\"%s\"]".formatted(folder.resolve("data/observations")));
    }
    words.addAll(List.of("--output", output.toString(), "--master", "local[2]"));
    words.addAll(more);
    return words;
  }

  private void run(String command, Path output, List<String> more) {
    CliResult result = CliResult.by(words(command, output, more));
    assertThat(result.code()).as(command + ": " + result.out() + result.err()).isZero();
  }

  /** Runs every command to its end, and keeps what there was before and after each. */
  @BeforeAll
  void runsUndisturbed() throws Exception {
    run("generate", folder.resolve("data"), List.of());
    for (Map.Entry<String, List<String>> command : COMMANDS.entrySet()) {
      String name = command.getKey();
      if (BASES.containsKey(name)) {
        run(name, output(), BASES.get(name));
      }
      before.put(name, Outputs.copied(output(), folder.resolve("before-" + name)));
      long start = System.nanoTime();
      LongcastProcess process = start(name);
      assertThat(process.endsWithin(Duration.ofMinutes(5))).isTrue();
      durations.put(name, Duration.ofNanos(System.nanoTime() - start));
      assertThat(process.process().exitValue()).as(process.said()).isZero();
      after.put(name, Outputs.copied(output(), folder.resolve("after-" + name)));
    }
    assertNoTemporaryFiles();
  }

  private LongcastProcess start(String command) throws IOException {
    return LongcastProcess.start(
        temporary(), folder.resolve("logs"), words(command, output(), COMMANDS.get(command)));
  }

  private void assertNoTemporaryFiles() throws IOException {
    try (var all = Files.list(temporary())) {
      assertThat(all.map(path -> path.getFileName().toString()))
          .as("temporary files")
          .isEmpty();
    }
  }

  @Test
  void killedAnywhereACommandRunsAgainToTheSameResult() throws Exception {
    SplittableRandom random = new SplittableRandom(SEED);
    List<String> names = List.copyOf(COMMANDS.keySet());
    Map<String, Integer> counts = new TreeMap<>();
    int killed = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      String name = names.get(kill % names.size());
      before.get(name).restore(output());
      long millis = (long) (durations.get(name).toMillis() * random.nextDouble(0.3, 1.0));
      boolean ended = start(name).endsWithin(Duration.ofMillis(millis));
      killed += ended ? 0 : 1;
      counts.merge(name + (ended ? " ended before" : " killed"), 1, Integer::sum);
      String when = "%s, kill %d after %d ms".formatted(name, kill, millis);
      after
          .get(name)
          .seenIn(output(), before.get(name), !name.equals("stream"), when)
          .forEach((seen, tables) -> counts.merge("tables " + seen, tables, Integer::sum));
      List<String> again = new ArrayList<>(COMMANDS.get(name));
      if (name.equals("train") && random.nextBoolean()) {
        again.add("--resume");
      }
      run(name, output(), again);
      after.get(name).requireSame(output(), when);
    }
    LongcastProcess last = start("evaluate");
    assertThat(last.endsWithin(Duration.ofMinutes(5))).isTrue();
    assertNoTemporaryFiles();
    System.out.printf(
        "FAULTS commands: %d killed of %d, all run again to one result: %s%n",
        killed, KILLS, counts);
    // A moment may lie behind the end of a command that is faster than the one it was measured by.
    assertThat(killed).isGreaterThan(KILLS / 2);
  }

  @Test
  void aCommandThatIsAskedToEndSaysSoWithoutAStack() throws Exception {
    int asked = 0;
    for (String name : List.of("train", "forecast", "detect", "evaluate")) {
      before.get(name).restore(output());
      LongcastProcess process = start(name);
      if (!process.process().waitFor(durations.get(name).toMillis() * 6 / 10, MILLISECONDS)) {
        process.process().destroy();
        asked++;
      }
      assertThat(process.process().waitFor(1, MINUTES)).as(name + " ends").isTrue();
      assertThat(process.said()).doesNotContain("\tat ").doesNotContain("Exception in thread");
      after.get(name).seenIn(output(), before.get(name), true, name + " after SIGTERM");
      assertNoTemporaryFiles();
      run(name, output(), COMMANDS.get(name));
      after.get(name).requireSame(output(), name + " after SIGTERM");
    }
    System.out.println("FAULTS asked to end: " + asked + " of 4");
    assertThat(asked).isGreaterThan(1);
  }

  private interface OnDisk {
    void run(Path disk) throws Exception;
  }

  /** A disk of 24 MiB. */
  private void onASmallDisk(OnDisk test) throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    boolean mounted = exec("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString()) == 0;
    assumeTrue(mounted, "a small disk can be mounted by root alone");
    try {
      test.run(disk);
    } finally {
      exec("umount", disk.toString());
    }
  }

  private static void requireOneLine(int code, String said) {
    assertThat(code).as(said).isEqualTo(ExitCode.FAILURE);
    assertThat(said).contains("the disk is full").doesNotContain("\tat ");
    assertThat(said.lines().filter(line -> line.contains("the disk is full"))).as(said).hasSize(1);
  }

  @Test
  void aFullDiskIsOneLineAndLeavesTheTablesAsTheyWere() throws Exception {
    onASmallDisk(
        disk -> {
          int refused = 0;
          for (String name : List.of("forecast", "detect", "evaluate")) {
            Path output = disk.resolve("out");
            before.get(name).restore(output);
            for (int free : new int[] {0, 20_000, 200_000}) {
              Path filler = fill(disk, free);
              CliResult full = CliResult.by(words(name, output, COMMANDS.get(name)));
              Files.delete(filler);
              if (full.code() != 0) {
                refused++;
                requireOneLine(full.code(), full.err());
              }
              after.get(name).seenIn(output, before.get(name), true, name + ", " + free + " left");
            }
            run(name, output, COMMANDS.get(name));
            after.get(name).requireSame(output, name + " after the disk was full");
          }
          System.out.println("FAULTS full disk of the output: " + refused + " of 9 failed");
          assertThat(refused).isGreaterThan(3);
        });
  }

  @Test
  void aFullDiskOfTemporaryFilesIsOneLineToo() throws Exception {
    onASmallDisk(
        disk -> {
          int refused = 0;
          for (int free : new int[] {0, 20_000, 200_000}) {
            before.get("detect").restore(output());
            Path filler = fill(disk, free);
            List<String> words = words("detect", output(), COMMANDS.get("detect"));
            LongcastProcess full = LongcastProcess.start(disk, folder.resolve("logs"), words);
            assertThat(full.endsWithin(Duration.ofMinutes(5))).isTrue();
            if (full.process().exitValue() != 0) {
              refused++;
              requireOneLine(full.process().exitValue(), full.said());
            }
            after.get("detect").seenIn(output(), before.get("detect"), true, free + " left");
            Files.delete(filler);
            try (var left = Files.list(disk)) {
              assertThat(left).as("left with %d bytes free", free).isEmpty();
            }
          }
          System.out.println("FAULTS full disk of temporary files: " + refused + " of 3 failed");
          assertThat(refused).isPositive();
        });
  }

  /** Fills a disk up to so many bytes. */
  private static Path fill(Path disk, int free) throws IOException {
    Path filler = disk.resolve("filler");
    long space = Files.getFileStore(disk).getUsableSpace() - free;
    byte[] block = "x".repeat(1 << 12).getBytes(StandardCharsets.UTF_8);
    try (var out = Files.newOutputStream(filler)) {
      for (long written = 0; written + block.length <= space; written += block.length) {
        out.write(block);
      }
    }
    return filler;
  }

  private static int exec(String... words) throws IOException, InterruptedException {
    return new ProcessBuilder(words).redirectErrorStream(true).start().waitFor();
  }
}
