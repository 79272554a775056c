package io.longcast.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.MavenSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a real session, read from its Prometheus servlet by HTTP. */
@Tag("long")
class LongcastPluginIT {
  private static final String PREFIX =
      "metrics_longcast_driver_plugin_io_longcast_metrics_LongcastPlugin_";
  private static final Pattern LINE =
      Pattern.compile("(?m)^" + PREFIX + "(\\w+)_(?:Count|Value)\\{.*} (\\S+)$");

  @TempDir static Path folder;
  private static Map<String, Double> done;

  @BeforeAll
  static void runs() throws IOException {
    try (MavenSpark spark = MavenSpark.layOut(folder.resolve("home"))) {
      List<String> flags = List.of("-Dlongcast.root=" + System.getProperty("longcast.root"));
      List<String> arguments = List.of(folder.toString());
      spark.output(spark.startDriver(MetricsRun.class, flags, arguments), Duration.ofMinutes(5));
    }
    done = new TreeMap<>();
    for (String line : Files.readAllLines(folder.resolve("done.txt"))) {
      String[] words = line.split(" ");
      done.put(words[0], Double.parseDouble(words[1]));
    }
  }

  private static Map<String, Double> page(String file) throws IOException {
    Map<String, Double> figures = new TreeMap<>();
    Matcher line = LINE.matcher(Files.readString(folder.resolve(file)));
    while (line.find()) {
      figures.put(line.group(1), Double.valueOf(line.group(2)));
    }
    return figures;
  }

  @Test
  void batchRunsAreInTheMetrics() throws IOException {
    Map<String, Double> batch = page("batch.txt");
    for (String name :
        List.of(
            "rows_read",
            "rows_rejected",
            "steps_scored",
            "events_written",
            "events_open",
            "series_forecast",
            "task_series_forecast")) {
      assertThat(batch).as(name).containsEntry(name, done.get(name));
    }
    assertThat(done.get("rows_rejected")).isPositive();
    assertThat(done.get("events_written")).isPositive();
    assertThat(batch.get("training_rounds")).isPositive();
    assertThat(batch.get("training_loss")).isPositive();
    assertThat(batch.get("seconds_detect")).isPositive();
    assertThat(batch.get("task_windows_trained")).isGreaterThan(batch.get("training_rounds"));
    assertThat(batch.get("models_promoted")).isGreaterThanOrEqualTo(0);
  }

  @Test
  void aStreamIsInTheMetricsWhileItRuns() throws IOException {
    Map<String, Double> stream = page("stream.txt");
    assertThat(stream.get("stream_longcast_sensors_lag_seconds")).isPositive();
    assertThat(stream.get("stream_longcast_sensors_rows_per_second")).isNotNegative();
    assertThat(stream.get("stream_longcast_sensors_state_series")).isEqualTo(4);
    assertThat(stream.get("stream_longcast_sensors_state_bytes")).isPositive();
    assertThat(stream.get("stream_scored")).isPositive();
    Map<String, Double> after = page("after.txt");
    assertThat(after).containsEntry("stream_scored", done.get("stream_scored"));
    assertThat(after.get("stream_events_open"))
        .isEqualTo(after.get("stream_opened") - after.get("stream_closed"));
    assertThat(after).doesNotContainKey("stream_longcast_sensors_lag_seconds");
  }
}
