package io.longcast.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.testing.PublicData;
import io.longcast.testing.ReportFrame;
import io.longcast.testing.SharedSession;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class ChunksBenchIT {
  @Test
  void comparesStretchesWithOne() {
    RunSpec run =
        RunFile.read(
                Optional.empty(),
                List.of(
                    "bench.chunks.points=60000",
                    "bench.chunks.fleet=10000",
                    "bench.chunks.chunks=[2]",
                    "bench.chunks.hiddenSize=4",
                    "anomaly.chunkWarmUp=5000"))
            .spec();
    BenchResult result =
        ChunksFlow.run(SharedSession.get(), run, PublicData.folder("ett").getParent());
    JsonNode report = ReportFrame.require(result.report().json());
    for (String data : List.of("wave", "ETTm1")) {
      JsonNode mean = report.at("/metrics/" + data + "_2_mean_difference");
      assertThat(mean.asDouble()).as(data).isBetween(1e-9, .05);
      assertThat(report.at("/metrics/" + data + "_2_event_recall").asDouble()).isBetween(.5, 1.);
    }
    assertThat(report.at("/metrics/sensors_2_max_difference").asDouble(1))
        .as("no row left out")
        .isZero();
    assertThat(result.lines()).hasSize(10);
  }
}
