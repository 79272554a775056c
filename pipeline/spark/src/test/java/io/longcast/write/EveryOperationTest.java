package io.longcast.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.files.FolderSystem;
import io.longcast.files.StoredNames;
import io.longcast.table.SnapshotFiles;
import io.longcast.write.FaultyStore.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A table and a model are published while one file operation after the other fails: killed there,
 * on a disk that is full from there on, or refused once. What is read is the old content or the new
 * one, and publishing again makes it the new one, with nothing left beside it.
 */
class EveryOperationTest {
  private static final Map<String, String> OLD =
      Map.of("p=a/1", "old", "p=b/1", "old", "p=c/1", "old");
  private static final Map<String, String> NEW =
      Map.of("p=a/1", "old", "p=b/2", "new", "p=c/1", "old", "p=d/2", "new");
  private static final Map<String, String> MODEL_TEXTS = Map.of("a", "1", "b", "2");
  private static final Map<String, String> LATER_TEXTS = Map.of("a", "3", "c", "4");
  private static final Map<String, byte[]> MODEL = Map.of("a", bytes("1"), "b", bytes("2"));
  private static final Map<String, byte[]> LATER = Map.of("a", bytes("3"), "c", bytes("4"));

  private final Configuration hadoop = FaultyStore.mounted();
  @TempDir java.nio.file.Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

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
  void aTableIsOldOrNewWhateverOperationFails(String scheme, Fault fault) throws IOException {
    Map<String, Integer> seen = new TreeMap<>();
    int operations = Integer.MAX_VALUE;
    for (int operation = 0; operation < operations; operation++) {
      Path table = new Path(scheme + "://disk" + folder.resolve(operation + "/t"));
      FolderSystem files = FolderSystem.of(hadoop, table);
      write(files, table, OLD, List.of("p=a", "p=b", "p=c"));
      boolean completed = FaultyStore.completesWith(fault, operation, () -> writeNew(files, table));
      boolean failed = FaultyStore.failures() > 0;
      operations = failed ? operations : FaultyStore.operations();
      mendTheStore();
      if (failed) {
        String state = state(files, table);
        assertThat(state).as("%s at operation %d", fault, operation).isIn("old", "new", "between");
        assertThat(completed && !state.equals("new")).as("a failure that is not told").isFalse();
        seen.merge(state, 1, Integer::sum);
        writeNew(files, table);
      }
      assertThat(state(files, table)).as("after operation " + operation).isEqualTo("new");
      assertThat(table(files, table).settle()).isFalse();
      requireNothingLeft(table, scheme);
    }
    print("table", scheme, fault, seen);
    assertThat(seen).containsKey("old");
    if (fault == Fault.KILLED && scheme.equals("hdfs")) {
      assertThat(seen).containsKeys("between", "new");
    }
  }

  private static void print(String what, String scheme, Fault fault, Map<String, Integer> seen) {
    int failures = seen.values().stream().mapToInt(count -> count).sum();
    System.out.printf(
        "FAULTS %s on %s, %s: %d injected, readers saw %s%n", what, scheme, fault, failures, seen);
  }

  private static TableFolder table(FolderSystem files, Path table) {
    return files.hasAtomicRename()
        ? new SwappedFolder(files, table, step -> {})
        : new SnapshotFolder(files, table, step -> {});
  }

  private static void writeNew(FolderSystem files, Path table) {
    write(files, table, Map.of("p=b/2", "new", "p=d/2", "new"), List.of("p=b", "p=d"));
  }

  /** As a table's sink does it. */
  private static void write(
      FolderSystem files, Path path, Map<String, String> content, List<String> partitions) {
    TableFolder table = table(files, path);
    table.settle();
    Path staging = table.staging();
    try {
      new TreeMap<>(content)
          .forEach((name, text) -> files.write(new Path(staging, name), bytes(text)));
      table.publish(staging, partitions);
    } catch (FaultyStore.Killed dead) {
      throw dead;
    } catch (RuntimeException failure) {
      table.discard(staging);
      throw failure;
    }
  }

  /** What a reader finds: {@code old}, {@code new}, {@code between} if it is told so, or rows. */
  private static String state(FolderSystem files, Path path) {
    TableFolder table = table(files, path);
    Map<String, String> content = new TreeMap<>();
    try {
      table.all();
    } catch (IllegalStateException told) {
      assertThat(told).hasMessageContaining("is between two states");
      return "between";
    }
    if (files.hasAtomicRename()) {
      files.files(path).forEach(name -> content.put(name, text(files, new Path(path, name))));
    } else {
      for (Path file : table.all().paths()) {
        content.put(table.partition(file.toString()) + "/" + file.getName(), text(files, file));
      }
    }
    return content.equals(OLD) ? "old" : content.equals(NEW) ? "new" : content.toString();
  }

  private static String text(FolderSystem files, Path file) {
    return files.text(file, 100);
  }

  /** Of the former snapshot, which readers may have begun on, files stay. */
  private void requireNothingLeft(Path table, String scheme) throws IOException {
    java.nio.file.Path local = java.nio.file.Path.of(table.toUri().getPath());
    try (var all = Files.list(local.getParent())) {
      assertThat(all.map(path -> path.getFileName().toString())).containsExactly("t");
    }
    if (scheme.equals("s3a")) {
      SnapshotFiles snapshot = new SnapshotFiles(FolderSystem.of(hadoop, table), table);
      try (var lists = Files.list(local.resolve("_snapshots"))) {
        assertThat(lists).hasSizeLessThanOrEqualTo(2);
      }
      try (var writes = Files.list(local.resolve("_data"))) {
        assertThat(writes.map(path -> path.getFileName().toString()))
            .allMatch(name -> name.matches(SnapshotFiles.WRITE + "=" + StoredNames.UUID))
            .hasSizeLessThanOrEqualTo(3);
      }
      assertThat(snapshot.current()).isPositive();
    }
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
  void aModelIsWholeOrAbsentWhateverOperationFails(String scheme, Fault fault) {
    FolderPublisher publisher = new FolderPublisher(hadoop);
    Map<String, Integer> seen = new TreeMap<>();
    int operations = Integer.MAX_VALUE;
    for (int operation = 0; operation < operations; operation++) {
      String model = scheme + "://disk" + folder.resolve(operation + "/m");
      publisher.publish(model, MODEL);
      FaultyStore.completesWith(fault, operation, () -> publisher.publish(model, LATER));
      boolean failed = FaultyStore.failures() > 0;
      operations = failed ? operations : FaultyStore.operations();
      mendTheStore();
      if (failed) {
        seen.merge(state(publisher, model), 1, Integer::sum);
        publisher.publish(model, LATER);
      }
      assertThat(state(publisher, model)).as("after operation " + operation).isEqualTo("new");
      assertThat(publisher.list(new Path(model).getParent().toString())).containsExactly("m");
    }
    print("model", scheme, fault, seen);
    // Without renames a folder that is written anew is absent meanwhile; a model has its own.
    assertThat(seen).containsKey(scheme.equals("hdfs") ? "old" : "absent");
    assertThat(seen.containsKey("absent")).isEqualTo(scheme.equals("s3a"));
  }

  private static String state(FolderPublisher publisher, String model) {
    if (!publisher.exists(model)) {
      assertThatThrownBy(() -> publisher.read(model)).hasMessageContaining("folder " + model);
      return "absent";
    }
    Map<String, String> content = new TreeMap<>();
    publisher
        .read(model)
        .forEach((name, bytes) -> content.put(name, new String(bytes, StandardCharsets.UTF_8)));
    assertThat(content).isIn(MODEL_TEXTS, LATER_TEXTS);
    return content.equals(MODEL_TEXTS) ? "old" : "new";
  }
}
