package io.longcast.flow.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.DemoFlow;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a whole run: what stands in it, and how many jobs it takes. */
@Tag("long")
class ReportFlowIT {
  /** It was 40 before the queries of a report ran without adaptive execution. */
  private static final int MAX_JOBS = 20;

  @TempDir Path folder;

  private final SparkSession spark = SharedSession.get();

  @Test
  void saysWhatForecastsAreMadeOfInFewJobs() throws Exception {
    RunSpec run = run();
    DemoFlow.Outcome demo = DemoFlow.run(spark, run, false, new StageClock(Progress.SILENT));
    AtomicInteger jobs = new AtomicInteger();
    SparkListener counter =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    spark.sparkContext().addSparkListener(counter);
    String file;
    try {
      file =
          ReportFlow.write(spark, demo.run(), demo.training().model().id(), false, Instant.now())
              .file();
      spark.sparkContext().listenerBus().waitUntilEmpty();
    } finally {
      spark.sparkContext().removeSparkListener(counter);
    }
    System.out.println("jobs of the report: " + jobs.get());
    JsonNode data = data(file);
    assertThat(data.get("parts")).hasSize(4 * data.get("views").get(0).get("channels").size());
    for (JsonNode parts : data.get("parts")) {
      assertSums(parts, fan(data, parts));
    }
    assertThat(jobs.get()).isLessThanOrEqualTo(MAX_JOBS);
  }

  private RunSpec run() {
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/sensors.conf");
    List<String> words =
        List.of(
            "output.path=" + folder,
            "generate.series=4",
            "generate.steps=600",
            "training.steps=20",
            "training.shards=2",
            "backtest.gate=off",
            "anomaly.stride=24");
    return RunFile.read(Optional.of(file), words).spec();
  }

  private static JsonNode data(String file) throws IOException {
    String page = Files.readString(Path.of(file.replaceFirst("^file:", "")));
    String from = "id=\"data\">";
    int at = page.indexOf(from) + from.length();
    return new ObjectMapper().readTree(page.substring(at, page.indexOf("</script>", at)));
  }

  private static JsonNode fan(JsonNode data, JsonNode parts) {
    for (JsonNode fan : data.get("fans")) {
      if (fan.get("series").equals(parts.get("series"))
          && fan.get("channel").equals(parts.get("channel"))) {
        return fan.get("values");
      }
    }
    throw new AssertionError("no forecast of " + parts.get("series"));
  }

  /** The parts sum to the forecast of the table, as far as 16 bits tell. */
  private static void assertSums(JsonNode parts, JsonNode forecast) {
    double[] sum = new double[forecast.size()];
    double precision = 0;
    for (JsonNode part : parts.get("added")) {
      double[] added = unpacked(part);
      precision += part.get("step").asDouble();
      for (int t = 0; t < sum.length; t++) {
        sum[t] += added[t];
      }
    }
    for (int t = 0; t < sum.length; t++) {
      double value = forecast.get(t).asDouble();
      assertThat(sum[t]).isCloseTo(value, within(precision + 1e-4 * Math.abs(value)));
    }
  }

  private static double[] unpacked(JsonNode packed) {
    ByteBuffer codes =
        ByteBuffer.wrap(Base64.getDecoder().decode(packed.get("codes").asText()))
            .order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[codes.remaining() / 2];
    for (int i = 0; i < values.length; i++) {
      int code = codes.getShort() & 0xFFFF;
      values[i] = packed.get("min").asDouble() + code * packed.get("step").asDouble();
    }
    return values;
  }
}
