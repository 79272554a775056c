package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forecasts of two days, compared with the values that came; 800 hours end on day 34. */
@Tag("long")
class EvaluateIT {
  private static final String BEFORE =
      "source.query=\"select * from source where timestamp < '%s'\"";

  @TempDir Path folder;

  @Test
  void comparesPastForecastsWithWhatCame() throws IOException {
    assertThat(longcast("generate").code()).isZero();
    String third = BEFORE.formatted("2024-01-31T00:00:00Z");
    CliResult trained = longcast("train", "training.steps=1", third);
    assertThat(trained.code()).as(trained.err()).isZero();

    CliResult early = longcast("evaluate");
    assertThat(early.code()).isEqualTo(ExitCode.USAGE);
    assertThat(early.err()).contains("no forecast of model", "run longcast forecast");

    assertThat(longcast("forecast", third).code()).isZero();
    assertThat(longcast("forecast", BEFORE.formatted("2024-02-01T00:00:00Z")).code()).isZero();
    Path json = folder.resolve("figures.json");
    CliResult found = longcast("evaluate", "evaluate.maxMaseIncrease=1000", "--json", "" + json);
    assertThat(found.code()).as(found.err() + found.out()).isZero();
    assertThat(found.out()).contains("mase", "steps 1-6", "steps 19-24", "observed values: ");
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertThat(figures.at("/metrics/mase").asDouble()).isPositive();
    assertThat(figures.at("/metrics/coverage_95").asDouble()).isBetween(0.5, 1.0);
    assertThat(folder.resolve("accuracy")).isDirectory();
  }

  private CliResult longcast(String command, String... more) {
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
                "training.shards=1",
                "training.refit=false",
                "report.automatic=false"));
    words.addAll(List.of("--output", folder.toString(), "--master", "local[2]"));
    if (!command.equals("generate")) {
      words.add("source.paths=[\"%s\"]".formatted(folder.resolve("observations")));
    }
    words.addAll(List.of(more));
    return CliResult.by(words);
  }
}
