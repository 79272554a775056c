package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.testing.SharedSession;
import io.longcast.train.round.Fault;
import io.longcast.train.round.Floats;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

  /** Another file system than the local one, as far as Hadoop can tell. */
  public static final class OtherFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("other:///");
    }

    @Override
    public String getScheme() {
      return "other";
    }
  }

  @Test
  void savesReadsAndRetainsOnAnotherFileSystem(@TempDir Path folder) {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.other.impl", OtherFileSystem.class.getName());
    // Nothing may fall back on the default file system.
    hadoop.set("fs.defaultFS", "nowhere:///");
    CheckpointStore store = new CheckpointStore("other://" + folder.resolve("runs"), 1, hadoop);
    TrainingState start = TrainingState.start(new float[] {1, 2, 3});
    TrainingState later =
        new TrainingState(
            start.cursor().afterRound(5, 0.5),
            new float[] {4, 5, 6},
            List.of(new float[] {7, 8}),
            new float[0],
            new float[0],
            List.of());

    store.save(start, Map.of("seed", "1"));
    store.save(later, Map.of("seed", "1"));

    CheckpointStore.Saved newest = store.newest().orElseThrow();
    assertThat(newest.path()).startsWith("other:/");
    assertThat(newest.identity()).containsEntry("seed", "1");
    assertThat(newest.state().cursor()).isEqualTo(later.cursor());
    assertThat(newest.state().parameters()).containsExactly(4, 5, 6);
    assertThat(newest.state().updaters().get(0)).containsExactly(7, 8);
    assertThat(folder.resolve("runs").toFile().list()).containsExactly("round-000000001");
  }

  @Test
  void keepsRecoveriesAsTheyWere(@TempDir Path folder) {
    TrainingPosition position =
        new RecoveryPolicy(new DivergenceSpec(1e6, 1000, 1e6, 0.5, 0.1, 3, false))
            .after(
                TrainingPosition.start(),
                List.of(
                    new Fault(
                        1,
                        7,
                        Fault.Kind.LOSS_NOT_FINITE,
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        ", not finite in layer a",
                        List.of(new Fault.OutlierWindow("a, channel 0, origin 9", "= NaN")))));
    CheckpointStore store = store(folder);

    store.save(start().with(position), Map.of());

    assertThat(store.newest().orElseThrow().state().cursor()).isEqualTo(position);
  }

  @Test
  void readsFormat1WhereNoRoundHadFailed(@TempDir Path folder) throws IOException {
    CheckpointStore store = store(folder);
    store.save(start(), Map.of());
    rewrite(folder, 1, state -> state);

    assertThat(store.newest().orElseThrow().state().parameters()).containsExactly(1, 2, 3);
  }

  @Test
  void refusesTheTextsOfFormat1AndFormatsItDoesNotKnow(@TempDir Path folder) throws IOException {
    CheckpointStore store = store(folder);
    store.save(start(), Map.of());
    rewrite(
        folder,
        1,
        state -> state.replace("\"recoveries\":[]", "\"recoveries\":[\"round 1 failed: …\"]"));
    assertThatThrownBy(store::newest)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("round-000000000 has format 1")
        .hasMessageContaining("only where no round had failed")
        .hasMessageEndingWith("resume with the build that wrote it, or start afresh");

    rewrite(folder, 3, state -> state);
    assertThatThrownBy(store::newest).hasMessageContaining("has format 3, this build reads");
    rewrite(folder, 0, state -> state);
    assertThatThrownBy(store::newest).hasMessageContaining("has format 0, this build reads");
  }

  private static CheckpointStore store(Path folder) {
    return new CheckpointStore(folder.toUri().toString(), 2, new Configuration());
  }

  private static TrainingState start() {
    return TrainingState.start(new float[] {1, 2, 3});
  }

  /** Gives a checkpoint another format and another text, with the hash that fits it. */
  private static void rewrite(Path folder, int format, UnaryOperator<String> change)
      throws IOException {
    Path checkpoint = folder.resolve("round-000000000");
    String old = Files.readString(checkpoint.resolve("state.json"));
    String text = change.apply(old);
    String manifest =
        Files.readString(checkpoint.resolve("manifest.json"))
            .replaceFirst("\"format\":\\d+", "\"format\":" + format)
            .replace(sha256(old), sha256(text));
    try (Stream<Path> sums = Files.list(checkpoint)) {
      for (Path sum : sums.filter(file -> file.toString().endsWith(".crc")).toList()) {
        Files.delete(sum);
      }
    }
    Files.writeString(checkpoint.resolve("state.json"), text);
    Files.writeString(checkpoint.resolve("manifest.json"), manifest);
  }

  private static String sha256(String text) {
    return Floats.sha256(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void timeMakesACheckpointDue(@TempDir Path folder) {
    assertThat(checkpoints(folder.resolve("often"), Duration.ofNanos(1))).hasSize(5);
    assertThat(checkpoints(folder.resolve("seldom"), Duration.ofHours(1)))
        .containsExactly("checkpoint after round 5");
  }

  private static List<String> checkpoints(Path folder, Duration every) {
    List<String> events = new ArrayList<>();
    TrainingProgress progress =
        new TrainingProgress() {
          @Override
          public void round(RoundRecord record, long steps) {}

          @Override
          public void event(String line) {
            events.add(line);
          }
        };
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
    TrainingSpec spec =
        SegmentShards.spec(2, 2, 10)
            .withCheckpoint(new CheckpointSpec(Optional.of(folder.toString()), 0, every, 2));
    new Trainer(spark, SegmentShards.factory(), spec, progress)
        .fit(SegmentShards.data(spark, SegmentShards.segments(4, 1), 2));
    return events;
  }
}
