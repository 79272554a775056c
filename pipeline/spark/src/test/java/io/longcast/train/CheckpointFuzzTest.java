package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.testing.Fuzz;
import io.longcast.train.round.Floats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of a checkpoint with any content, hashed as they are: it is read or passed over. */
class CheckpointFuzzTest {
  /** The files of a checkpoint and what Hadoop's client takes to open them. */
  private static final long FILES_BYTES = 4 << 20;

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    "null",
    "true",
    "-1",
    "1e999",
    "9".repeat(30),
    "\\u0000",
    "\"format\":1",
    "\"format\":2",
    "\"files\":{",
    "\"../x\":\"y\"",
    "\"updaters\":2147483647",
    "\"round\":-1",
    "\"@class\":\"java.lang.Runtime\"",
    "NaN",
    "[[[["
  };

  @TempDir Path folder;

  private void fuzz(int inputs) throws IOException {
    CheckpointStore store = new CheckpointStore(folder.toString(), 2, new Configuration());
    store.save(CheckpointStoreTest.state(1), Map.of("seed", "1"));
    store.save(CheckpointStoreTest.state(2), Map.of("seed", "1"));
    List<byte[]> pieces =
        Stream.of(PIECES).map(piece -> piece.getBytes(StandardCharsets.UTF_8)).toList();
    for (String name : List.of("state.json", "manifest.json", "parameters.bin")) {
      Path file = folder.resolve("round-000000002").resolve(name);
      byte[] whole = Files.readAllBytes(file);
      Path manifest = file.resolveSibling("manifest.json");
      String list = Files.readString(manifest);
      int[] passedOver = {0};
      Fuzz fuzz =
          new Fuzz(
              "checkpoints, " + name,
              FILES_BYTES,
              input -> {
                Files.write(file, input);
                if (!file.equals(manifest)) {
                  Files.writeString(
                      manifest, list.replace(Floats.sha256(whole), Floats.sha256(input)));
                }
                long round = round(store);
                passedOver[0] += round == 1 ? 1 : 0;
                // A state may name any round.
                assertThat(name.equals("state.json") || round <= 2).isTrue();
              });
      fuzz.run(23, inputs, Fuzz.mutations(List.of(whole), pieces));
      assertThat(passedOver[0]).as("damage is noticed in " + name).isPositive();
      Files.write(file, whole);
      Files.writeString(manifest, list);
      assertThat(round(store)).isEqualTo(2);
    }
  }

  /** The older checkpoint is whole, so that one is always found. */
  private static long round(CheckpointStore store) {
    return store.newest().orElseThrow(AssertionError::new).state().cursor().round();
  }

  @Test
  void aFew() throws IOException {
    fuzz(100);
  }

  @Test
  @Tag("long")
  void many() throws IOException {
    fuzz(3000);
  }
}
