package io.longcast.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.longcast.write.FaultyStore;
import io.longcast.write.FaultyStore.Fault;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every operation of saving a checkpoint fails once, on a file system and on an object store. */
class CheckpointFaultsTest {
  @AfterEach
  void mendTheStore() {
    FaultyStore.fail(Fault.NONE, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "hdfs,KILLED",
    "hdfs,TORN",
    "hdfs,FULL",
    "hdfs,RENAME_REFUSED",
    "hdfs,HICCUP",
    "s3a,KILLED",
    "s3a,FULL",
    "s3a,HICCUP"
  })
  void theOlderOrTheNewerOneIsWholeWhateverOperationFails(
      String scheme, Fault fault, @TempDir Path folder) {
    Configuration hadoop = FaultyStore.mounted();
    Map<Long, Integer> seen = new TreeMap<>();
    int operations = Integer.MAX_VALUE;
    for (int operation = 0; operation < operations; operation++) {
      String place = scheme + "://disk" + folder.resolve("" + operation);
      CheckpointStore store = new CheckpointStore(place, 2, hadoop);
      store.save(CheckpointStoreTest.state(1), Map.of());
      FaultyStore.completesWith(
          fault, operation, () -> store.save(CheckpointStoreTest.state(2), Map.of()));
      boolean failed = FaultyStore.failures() > 0;
      operations = failed ? operations : FaultyStore.operations();
      mendTheStore();
      if (failed) {
        seen.merge(round(store), 1, Integer::sum);
        store.save(CheckpointStoreTest.state(2), Map.of());
      }
      assertThat(round(store)).isEqualTo(2);
      assertThat(folder.resolve(operation + "/round-000000002").toFile().list()).hasSize(7);
    }
    System.out.printf(
        "FAULTS checkpoint on %s, %s: %d injected, rounds seen %s%n",
        scheme, fault, seen.values().stream().mapToInt(count -> count).sum(), seen);
    assertThat(seen).containsKey(1L);
    assertThat(seen.keySet()).isSubsetOf(1L, 2L);
  }

  private static long round(CheckpointStore store) {
    return store.newest().orElseThrow().state().cursor().round();
  }
}
