package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.SharedSession;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
