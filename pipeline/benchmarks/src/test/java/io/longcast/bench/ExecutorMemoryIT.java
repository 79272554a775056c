package io.longcast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.MavenSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an executor holds beside its heap, against what is derived from the network. */
@Tag("long")
class ExecutorMemoryIT {
  private static final Pattern LINE =
      Pattern.compile("PARAMETERS (\\d+) BESIDE (\\d+) DERIVED (\\d+) LIMIT (\\d+)");

  @Test
  void theDerivedMemoryCoversWhatExecutorsHoldAndNativeMemoryIsBounded(@TempDir Path folder)
      throws IOException {
    try (MavenSpark spark = MavenSpark.layOut(folder.resolve("spark"))) {
      String output =
          spark.runDriver(MemoryRun.class, List.of(flagsOfExecutors(), "70000", "2000000"));

      System.out.println(output);
      Matcher line = LINE.matcher(output);
      for (int sizes = 0; sizes < 2; sizes++) {
        assertThat(line.find()).as(output).isTrue();
        long beside = Long.parseLong(line.group(2));
        long derived = Long.parseLong(line.group(3));
        assertThat(beside).isLessThanOrEqualTo(derived);
        // Nor is it wasteful: measured were 162 and 203 MB, derived are 260 and 370.
        assertThat(derived).isLessThan(5 * beside / 2);
        assertThat(Long.parseLong(line.group(4)))
            .isBetween(MemoryRun.HEAP_MB / 5L, MemoryRun.HEAP_MB / 4L);
      }
    }
  }

  /** As users have them. */
  private static String flagsOfExecutors() throws IOException {
    Path file = Path.of(System.getProperty("longcast.root"), "conf", "spark.conf");
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("spark.executor.extraJavaOptions"))
        .map(line -> line.split("\\s+", 2)[1])
        .findFirst()
        .orElseThrow();
  }
}
