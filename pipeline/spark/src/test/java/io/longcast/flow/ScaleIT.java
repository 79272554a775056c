package io.longcast.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.MavenSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand series of a thousand points, dirty, the whole way within 4 GB of heap. */
@Tag("long")
class ScaleIT {
  @TempDir Path folder;

  @Test
  void trainsForecastsAndDetectsTenMillionRows() throws IOException {
    try (MavenSpark spark = MavenSpark.layOut(folder.resolve("home"))) {
      List<String> flags =
          List.of("-Dlongcast.root=" + System.getProperty("longcast.root"), "-Xmx4g");
      List<String> arguments = List.of(folder.resolve("out").toString(), "10000", "1000");
      Process driver = spark.startDriver(ScaleRun.class, flags, arguments);
      String said = spark.output(driver, Duration.ofMinutes(40));
      said.lines()
          .filter(line -> line.matches("(rows|windows|\\w+ +[0-9.]+ s).*"))
          .forEach(System.out::println);
      assertThat(said).contains("forecasts: 240000;");
    }
  }
}
