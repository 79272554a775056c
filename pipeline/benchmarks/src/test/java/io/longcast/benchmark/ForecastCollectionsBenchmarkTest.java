package io.longcast.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForecastCollectionsBenchmarkTest {
  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    write("train.csv", "id,V1,V2,V3,V4,V5", "a,1,5,2,6,3", "b,10,20,30,40,");
    write("test.csv", "id,V1,V2", "a,7,4", "b,50,60");
    write("table.csv", "date,x", "d1,1", "d2,3", "d3,", "d4,4", "d5,2", "d6,6", "d7,8");
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(folder.resolve(name), java.util.List.of(lines));
  }

  private BenchmarkReport run(String models) throws IOException {
    Path file = folder.resolve("some.conf");
    Files.writeString(
        file,
        """
        benchmark {
          name = some
          folder = "."
          fixedOn = nothing
          published = []
          forecastCollections {
            models = %s
            sample = 0
            of = [
              { name = wide, horizon = 2, season = 2, periods = [2]
                wide { train = "train.csv", test = "test.csv" } }
              { name = table, horizon = 1, season = 1, periods = []
                table { file = "table.csv", values = [], from = 5, to = 7, stride = 1 } }
            ]
          }
        }
        """
            .formatted(models));
    BenchmarkSpec spec = BenchmarkFile.protocol(file);
    return new ForecastCollectionsBenchmark(spec, folder).run();
  }

  @Test
  void isOneForTheSeasonalNaiveItself() throws IOException {
    BenchmarkReport report = run("[seasonal-naive]");
    assertThat(report.metrics()).containsEntry("relative_mase", 1.0);
    assertThat(report.runs().get("wide")).containsEntry("windows", 2.0);
    assertThat(report.runs().get("table")).containsEntry("windows", 2.0);
  }

  /** Of a: changes of lag 2 are 1, 1, 1; season 6, 3; last 3. Of b: 20; 30, 40; 40. */
  @Test
  void dividesByTheSeasonalNaive() throws IOException {
    Map<String, Double> naive = run("[naive]").runs().get("wide");
    double ofNaive = (4 + 1) / 2.0 + (10 + 20) / 2.0 / 20;
    double ofSeasonal = (1 + 1) / 2.0 + (20 + 20) / 2.0 / 20;
    assertThat(naive.get("relative_mase")).isCloseTo(ofNaive / ofSeasonal, within(1e-6));
    assertThat(naive.get("mase")).isCloseTo(ofNaive / 2, within(1e-6));
  }

  @Test
  void saysWhichModelIsUnknown() {
    assertThatThrownBy(() -> run("[prophet]")).hasMessageContaining("PROPHET");
  }
}
