package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.files.FolderSystem;
import io.longcast.files.WriterLock;
import io.longcast.testing.SharedSession;
import io.longcast.train.round.Fault;
import io.longcast.train.round.Floats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  static TrainingState state(int round) {
    TrainingPosition position = TrainingPosition.start();
    for (int i = 0; i < round; i++) {
      position = position.afterRound(5, 0.5);
    }
    float[] values = {round, 2, 3};
    return new TrainingState(position, values, List.of(values, values), values, values, List.of());
  }

  private static CheckpointStore store(Path folder) {
    return new CheckpointStore(folder.toString(), 2, new Configuration());
  }

  private static Path twoCheckpoints(Path folder) {
    store(folder).save(state(1), Map.of("seed", "1"));
    store(folder).save(state(2), Map.of("seed", "1"));
    return folder.resolve("round-000000002");
  }

  private static void assertOlderOneCounts(Path folder, String because) {
    assertThat(store(folder).newest().map(saved -> saved.state().cursor().round()))
        .as(because)
        .contains(1L);
  }

  /** Every file missing, empty, cut anywhere, with any bit flipped or another's content. */
  @Test
  @Tag("long")
  void passesOverACheckpointThatIsDamagedAnywhere(@TempDir Path folder) throws IOException {
    Path newest = twoCheckpoints(folder);
    SplittableRandom random = new SplittableRandom(23);
    int damages = 0;
    for (String name : List.of(newest.toFile().list())) {
      Path file = newest.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      Files.delete(file);
      assertOlderOneCounts(folder, name + " is missing");
      Files.createDirectory(file);
      assertOlderOneCounts(folder, name + " is a folder");
      Files.delete(file);
      for (int i = 0; i < 60; i++) {
        byte[] damaged =
            Arrays.copyOf(whole, i % 2 == 0 ? random.nextInt(whole.length) : whole.length);
        if (i % 2 == 1) {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        Files.write(file, damaged);
        if (!Arrays.equals(whole, damaged)) {
          assertOlderOneCounts(folder, name + " is " + new String(damaged, StandardCharsets.UTF_8));
          damages++;
        }
      }
      Files.write(file, whole);
      assertThat(store(folder).newest().orElseThrow().state().cursor().round()).isEqualTo(2);
    }
    assertThat(damages).isGreaterThan(300);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "[]",
        "{\"format\":1}",
        "{\"format\":1,\"files\":{}}",
        "{\"format\":3,\"files\":{}}",
        "{\"format\":1,\"files\":{\"../round-000000001/state.json\":\"x\"}}",
        "{\"format\":1,\"files\":{\"/etc/hostname\":\"x\"}}",
        "{\"format\":1,\"files\":{\"state.json/..\":\"x\"}}",
        "{\"format\":1,\"files\":{\"notes.txt\":\"x\"}}",
        "{\"format\":1,\"files\":{\"state.json\":null}}"
      })
  void aManifestNamesPartsOfItsCheckpointAlone(String manifest, @TempDir Path folder)
      throws IOException {
    Path newest = twoCheckpoints(folder);
    Files.writeString(newest.resolve("notes.txt"), "x");
    Files.writeString(newest.resolve("manifest.json"), manifest);
    assertOlderOneCounts(folder, manifest);
  }

  @Test
  void aManifestIsBoundedInDepthAndSize(@TempDir Path folder) throws IOException {
    Path newest = twoCheckpoints(folder);
    Files.writeString(newest.resolve("manifest.json"), "[".repeat(1_000_000));
    assertOlderOneCounts(folder, "nested");
    Files.write(newest.resolve("manifest.json"), new byte[(1 << 24) + 1]);
    assertOlderOneCounts(folder, "large");
  }

  @Test
  void followsNoLinks(@TempDir Path folder) throws IOException {
    Path runs = folder.resolve("runs");
    Path newest = twoCheckpoints(runs);
    Path elsewhere = Files.move(newest.resolve("state.json"), folder.resolve("state.json"));
    Files.createSymbolicLink(newest.resolve("state.json"), elsewhere);
    assertOlderOneCounts(runs, "a link to a file");
    Path moved = Files.move(newest, folder.resolve("elsewhere"));
    Files.createSymbolicLink(newest, moved);
    assertOlderOneCounts(runs, "a link to a folder");
    store(runs).clear();
    assertThat(moved.resolve("parameters.bin")).exists();
    assertThat(elsewhere).exists();
  }

  @Test
  void removesNothingThatIsNotOfACheckpoint(@TempDir Path folder) throws IOException {
    Path newest = twoCheckpoints(folder);
    Path foreign = Files.writeString(newest.resolve("precious"), "");
    Path round = Files.createDirectories(folder.resolve("round-7")).resolve("parameters.bin");
    Files.writeString(round, "");
    store(folder).save(state(3), Map.of());
    store(folder).save(state(4), Map.of());
    store(folder).clear();
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("round-000000002", "round-7");
    assertThat(newest.toFile().list()).containsExactly("precious");
    assertThat(foreign).exists();
    assertThat(round).exists();
  }

  /** A store that lists files and then cannot be reached. */
  public static final class LostFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("lost:///");
    }

    @Override
    public FSDataInputStream open(org.apache.hadoop.fs.Path file, int buffer) throws IOException {
      throw new IOException("the store is away");
    }
  }

  @Test
  void tellsDamageFromAStoreThatIsAway(@TempDir Path folder) throws IOException {
    Path newest = twoCheckpoints(folder);
    Configuration hadoop = new Configuration();
    hadoop.set("fs.lost.impl", LostFileSystem.class.getName());
    assertThatThrownBy(() -> new CheckpointStore("lost://" + folder, 2, hadoop).newest())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the store is away");
    for (Path checkpoint : List.of(newest, folder.resolve("round-000000001"))) {
      Files.delete(checkpoint.resolve("parameters.bin"));
    }
    assertThat(store(folder).newest()).isEmpty();
  }

  @Test
  void twoTrainingsIntoOneFolderTakeTurns(@TempDir Path folder) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(folder.resolve("m").toString());
    FolderSystem files = FolderSystem.of(new Configuration(), path);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SharedSession.get().sparkContext());
    TrainingSpec spec =
        SegmentShards.spec(2, 2, 10)
            .withCheckpoint(new CheckpointSpec(Optional.of(path.toString()), 1, Duration.ZERO, 2));
    List<Boolean> held = new ArrayList<>();
    new Trainer(
            spark,
            SegmentShards.factory(),
            spec,
            (record, steps) -> held.add(WriterLock.tryTake(files, path).isEmpty()))
        .fit(SegmentShards.data(spark, SegmentShards.segments(4, 1), 2));
    assertThat(held).hasSize(5).containsOnly(true);
    assertThat(WriterLock.tryTake(files, path)).isPresent().get().satisfies(WriterLock::close);
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
