package io.longcast.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.MavenSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables in Delta: a run's rows replaced in one commit, the others kept. */
@Tag("long")
class DeltaIT {
  @TempDir Path folder;

  @Test
  void replacesARunsOwnRowsAndKeepsTheOthers() throws IOException {
    Path out = folder.resolve("out");
    try (MavenSpark spark = MavenSpark.layOut(folder.resolve("home"))) {
      assertThat(spark.runDriver(DeltaRun.class, List.of(out.toString())).lines())
          .contains("daily a 7", "daily it's 10", "flat a 7", "flat it's 10");
    }
    try (var commits = Files.list(out.resolve("daily/_delta_log"))) {
      assertThat(commits.filter(file -> file.toString().endsWith(".json"))).hasSize(3);
    }
  }
}
