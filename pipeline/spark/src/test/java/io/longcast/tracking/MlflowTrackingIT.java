package io.longcast.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.longcast.config.RunFile;
import io.longcast.config.RunSpec;
import io.longcast.flow.GenerateFlow;
import io.longcast.flow.ModelStore;
import io.longcast.flow.TrainFlow;
import io.longcast.flow.TrainOutcome;
import io.longcast.model.bundle.ModelBundle;
import io.longcast.pipeline.StageClock;
import io.longcast.report.Progress;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in the real server from PyPI. */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MlflowTrackingIT {
  private static final String API = "/api/2.0/mlflow/";

  @TempDir static Path folder;

  private final SparkSession spark = SharedSession.get();
  private final StageClock clock = new StageClock(Progress.SILENT);
  private MlflowServerProcess server;
  private GenerateFlow.Written data;
  private TrainOutcome trained;
  private JsonNode logged;

  @BeforeAll
  void logsATraining() throws Exception {
    Optional<String> problem = MlflowServerProcess.problem();
    assumeTrue(problem.isEmpty(), () -> problem.orElseThrow());
    server = new MlflowServerProcess(Files.createDirectories(folder.resolve("mlflow")));
    RunSpec run = settings(server.url());
    data = GenerateFlow.run(spark, run.generate(), folder.resolve("data").toString());
    trained = train(run);
    String id = trained.tracked().orElseThrow().split(" ")[2];
    logged = json("runs/get?run_id=" + id).path("run");
  }

  @AfterAll
  void ends() {
    if (server != null) {
      server.close();
    }
  }

  private RunSpec settings(String url, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "output.path=" + folder.resolve("out"),
                "generate.series=3",
                "generate.steps=600",
                "training.steps=20",
                "training.shards=2",
                "backtest.gate=off",
                "tracking.mlflow.backoff=10ms",
                "tracking.mlflow.attempts=2",
                "tracking.mlflow.uri=" + url));
    words.addAll(List.of(more));
    Path file = Path.of(System.getProperty("longcast.root")).resolve("conf/sensors.conf");
    return RunFile.read(Optional.of(file), words).spec();
  }

  private TrainOutcome train(RunSpec run) {
    return TrainFlow.run(spark, run.withSource(data.format(), data.observations()), false, clock);
  }

  private JsonNode json(String path) throws IOException {
    return new JsonMapper().readTree(server.get(API + path).body());
  }

  private static Map<String, String> pairs(JsonNode list) {
    Map<String, String> pairs = new HashMap<>();
    list.forEach(one -> pairs.put(one.path("key").asText(), one.path("value").asText()));
    return pairs;
  }

  @Test
  void parametersMetricsAndTagsAreThoseOfTheManifest() throws IOException {
    var manifest = trained.trained().bundle().manifest();
    assertThat(logged.at("/info/status").asText()).isEqualTo("FINISHED");
    assertThat(logged.at("/info/run_name").asText()).isEqualTo(manifest.modelId());
    assertThat(pairs(logged.at("/data/params")))
        .containsEntry("training.steps", "20")
        .hasSizeGreaterThan(100);
    String mase = pairs(logged.at("/data/metrics")).get("network/mase");
    assertThat(Double.parseDouble(mase)).isEqualTo(manifest.metrics().get("network").get("mase"));
    assertThat(pairs(logged.at("/data/tags")))
        .containsEntry("longcast.data", manifest.dataFingerprint())
        .containsEntry("longcast.promoted", "true");
    String id = logged.at("/info/run_id").asText();
    assertThat(
            json("metrics/get-history?run_id=" + id + "&metric_key=training_loss").path("metrics"))
        .hasSameSizeAs(trained.training().history());
  }

  @Test
  void theBundleIsServedByTheServerAsItWasSaved() throws IOException {
    ModelBundle bundle = trained.trained().bundle();
    String root = logged.at("/info/artifact_uri").asText().replaceFirst("^mlflow-artifacts:", "");
    Map<String, byte[]> files = new HashMap<>();
    for (String name : bundle.files().keySet()) {
      files.put(name, artifact(root + "/bundle/" + name));
    }
    assertThat(ModelBundle.read(files, root).manifest()).isEqualTo(bundle.manifest());
    assertThat(new String(artifact(root + "/figures/learning-curve.svg"), StandardCharsets.UTF_8))
        .startsWith("<svg");
  }

  private byte[] artifact(String path) throws IOException {
    return server.get("/api/2.0/mlflow-artifacts/artifacts" + path).body();
  }

  @Test
  void eachTrainingIsAVersionAndThePromotedOneTheChampion() throws IOException {
    TrainOutcome next = train(settings(server.url(), "training.steps=10"));
    JsonNode versions =
        json("model-versions/search?filter=name%3D%27sensors%27").path("model_versions");
    assertThat(versions.findValuesAsText("version")).contains("1", "2");
    JsonNode champion =
        json("registered-models/alias?name=sensors&alias=" + MlflowTracking.ALIAS)
            .path("model_version");
    assertThat(pairs(champion.path("tags"))).containsEntry("model_id", next.model().id());
    assertThat(champion.path("source").asText()).endsWith("/bundle");
  }

  @Test
  void aServerThatIsDownFailsATrainingOnlyWhereItIsRequired() {
    String nobody = "http://127.0.0.1:9";
    TrainOutcome alone = train(settings(nobody));
    assertThat(alone.tracked().orElseThrow())
        .contains(
            "was not logged", "ConnectException after 2 of 2 attempts", "tracking.mlflow.uri");
    assertThat(new ModelStore(spark, settings(nobody)).promoted()).contains(alone.model().id());
    assertThatThrownBy(() -> train(settings(nobody, "tracking.mlflow.required=true")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tracking.mlflow.required = false");
  }
}
