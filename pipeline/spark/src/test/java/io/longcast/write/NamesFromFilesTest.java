package io.longcast.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longcast.files.StoredFileException;
import io.longcast.table.TableShape;
import io.longcast.testing.SharedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of an output folder that somebody else wrote name what lies outside of it. */
class NamesFromFilesTest {
  private static final String ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
  private static final TableShape TABLE =
      new TableShape(
          "metrics",
          StructType.fromDDL("id bigint, model_id string, day string"),
          List.of("id"),
          List.of("day"));

  private final SparkSession spark = SharedSession.get();
  @TempDir Path root;
  private Path output;
  private Path victim;

  @BeforeEach
  void writeTableAndVictim() throws IOException {
    output = Files.createDirectories(root.resolve("out"));
    victim = Files.createDirectories(root.resolve("victim"));
    Files.writeString(victim.resolve("precious"), "precious");
    Files.createDirectories(victim.resolve("day=1"));
    Files.writeString(victim.resolve("day=1/precious"), "precious");
    for (String day : List.of("day=0", "day=1")) {
      Path partition = Files.createDirectories(output.resolve("metrics").resolve(day));
      Files.writeString(partition.resolve("part-1.parquet"), "rows");
    }
  }

  private TableSink sink(CommitProtocol protocol) {
    return TableSink.open(
        spark, new OutputSpec(output.toString(), "parquet", Map.of(), protocol, 1 << 20));
  }

  /** Every file with its content, every link with its target. */
  private Map<String, String> tree() throws IOException {
    Map<String, String> tree = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.toList()) {
        String what =
            Files.isSymbolicLink(path)
                ? "-> " + Files.readSymbolicLink(path)
                : Files.isDirectory(path)
                    ? "folder"
                    : new String(Files.readAllBytes(path), "latin1");
        tree.put(root.relativize(path).toString(), what);
      }
    }
    return tree;
  }

  private void assertRefusedUntouched(Path file) throws IOException {
    Map<String, String> before = tree();
    assertThatThrownBy(() -> sink(CommitProtocol.AUTO))
        .isInstanceOf(StoredFileException.class)
        .hasMessageContaining(file.getFileName().toString());
    assertThat(tree()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../victim",
        "..",
        ".",
        "",
        "/tmp/victim",
        "victim",
        "metrics",
        "file:victim",
        ".metrics.staging-1",
        ".metrics.staging-" + ID + "/../../victim",
        ".metrics.staging-../../victim",
        ".metrics.staging-*",
        ".events.staging-" + ID,
        ".metrics.staging-" + ID + "\u0000"
      })
  void aJournalOrAListOfPendingFoldersNamesStagedContentAlone(String name) throws IOException {
    Path journal = output.resolve(".metrics.journal");
    Files.writeString(journal, "longcast swap 1\n%s\nreplace \nend\n".formatted(name));
    assertRefusedUntouched(journal);
    Files.delete(journal);
    Path pending = output.resolve(".metrics.pending");
    Files.writeString(pending, "longcast pending 1\n%s\n".formatted(name));
    assertRefusedUntouched(pending);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replace ../victim",
        "remove ../../victim",
        "remove /tmp/victim",
        "remove day=0/../../../victim",
        "remove day=0/..",
        "remove day=0//",
        "remove _data",
        "remove .hidden=1",
        "remove victim",
        "delete day=0",
        "remove day=0\nremove "
      })
  void aJournalNamesPartitionsAlone(String change) throws IOException {
    Path staging = Files.createDirectory(output.resolve(".metrics.staging-" + ID));
    Path journal = output.resolve(".metrics.journal");
    Files.writeString(
        journal, "longcast swap 1\n%s\n%s\nend\n".formatted(staging.getFileName(), change));
    assertRefusedUntouched(journal);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "longcast swap 2\nx\nreplace \nend\n", "longcast swap 1\nx\nend\n"})
  void aJournalOfAnotherVersionIsLeftAlone(String text) throws IOException {
    Path journal = output.resolve(".metrics.journal");
    Files.writeString(journal, text);
    assertRefusedUntouched(journal);
  }

  @Test
  void noLinkIsFollowedByASwap() throws IOException {
    String name = ".metrics.staging-" + ID;
    Path journal = output.resolve(".metrics.journal");
    String text = "longcast swap 1\n" + name + "\n%s\nend\n";
    Files.createSymbolicLink(output.resolve(name), victim);
    Files.writeString(journal, text.formatted("replace "));
    assertRefusedUntouched(output.resolve(name));
    Files.writeString(journal, text.formatted("replace day=1"));
    assertRefusedUntouched(output.resolve(name));
    Files.delete(output.resolve(name));
    Files.createDirectory(output.resolve(name));
    Files.createSymbolicLink(output.resolve("metrics/day=9"), victim);
    Files.writeString(journal, text.formatted("remove day=9/day=1"));
    assertRefusedUntouched(output.resolve("metrics/day=9"));
    Files.createSymbolicLink(output.resolve(".metrics.swap"), victim);
    Files.writeString(journal, text.formatted("remove day=1"));
    assertRefusedUntouched(output.resolve(".metrics.swap"));
  }

  @Test
  void deletingPendingFoldersDeletesLinksAndNotWhatTheyLeadTo() throws IOException {
    String name = ".metrics.staging-" + ID;
    Files.createSymbolicLink(output.resolve(name), victim);
    Path trash = Files.createDirectory(output.resolve(".metrics.trash-" + ID));
    Files.createSymbolicLink(trash.resolve("day=1"), victim);
    Files.createSymbolicLink(trash.resolve("gone"), root.resolve("nothing"));
    Files.writeString(output.resolve(".metrics.pending"), "longcast pending 1\n" + name + "\n");
    sink(CommitProtocol.AUTO);
    assertThat(Files.list(output).map(Path::getFileName)).containsExactly(Path.of("metrics"));
    assertThat(victim.resolve("precious")).exists();
    assertThat(victim.resolve("day=1/precious")).exists();
  }

  @Test
  void leavesForeignNamesAlone() throws IOException {
    for (String name :
        List.of(
            ".x.staging-" + ID,
            ".x.trash-" + ID,
            ".notes.swap",
            ".metrics.staging-1",
            ".metrics.staging-" + ID,
            ".metrics.trash-" + ID,
            ".metrics.trash-mine")) {
      Files.createDirectory(output.resolve(name));
    }
    Files.writeString(output.resolve(".x.lock"), "");
    Files.writeString(output.resolve(".x.journal"), "longcast swap 1\n../victim\nreplace \nend\n");
    Files.writeString(output.resolve(".x.pending"), "longcast pending 1\n../victim\n");
    Map<String, String> before = tree();
    sink(CommitProtocol.AUTO);
    assertThat(tree()).isEqualTo(before);
  }

  @Test
  void survivesDamagedJournalsWithoutTouchingAnythingElse() throws IOException {
    SplittableRandom random = new SplittableRandom(23);
    String whole =
        "longcast swap 1\n.metrics.staging-%s\nreplace day=0\nremove day=1\nend\n".formatted(ID);
    Path journal = output.resolve(".metrics.journal");
    Map<String, String> before = tree();
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder(whole);
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        text.setCharAt(random.nextInt(text.length()), "./ab=:-\n\\e0d".charAt(random.nextInt(12)));
      }
      try {
        SwapJournal.parse(
            text.toString(),
            java.util.regex.Pattern.compile(
                "\\.metrics\\.staging-" + io.longcast.files.StoredNames.UUID),
            new org.apache.hadoop.fs.Path(journal.toString()));
      } catch (StoredFileException damaged) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1500);
    assertThat(tree()).isEqualTo(before);
  }

  private Path snapshots() throws IOException {
    output = root.resolve("snapshots");
    Path table = output.resolve("metrics");
    String file = "write=" + ID + "/day=0/part-1.parquet";
    Files.createDirectories(table.resolve("_data").resolve(file).getParent());
    Files.writeString(table.resolve("_data").resolve(file), "rows");
    Files.createDirectories(table.resolve("_snapshots"));
    Files.writeString(table.resolve("_snapshots/2"), "# longcast snapshot 1\n" + file + "\n");
    Files.writeString(table.resolve("_current"), "2\n");
    return table;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../victim/precious",
        "../../victim",
        "/tmp/victim",
        "precious",
        "write=x/part-1",
        "write=" + ID,
        "write=" + ID + "/../../../victim/precious",
        "write=" + ID + "/day=1/../../x",
        "write=" + ID + "/file:part"
      })
  void aListOfFilesNamesWritesOfItsTableAlone(String name) throws IOException {
    Path table = snapshots();
    Path list = table.resolve("_snapshots/2");
    Files.writeString(list, Files.readString(list) + name + "\n");
    Map<String, String> before = tree();
    assertThatThrownBy(() -> TableReader.load(spark, "parquet", table.toString()))
        .isInstanceOf(StoredFileException.class)
        .hasMessageContaining("_snapshots/2");
    assertThatThrownBy(() -> FolderSink.read(spark, "parquet", table.toString()))
        .isInstanceOf(StoredFileException.class);
    assertThatThrownBy(
            () ->
                sink(CommitProtocol.SNAPSHOT)
                    .replace(
                        spark.sql("select 1L id, 'b' model_id, '1' day"),
                        TABLE,
                        Map.of("model_id", "b")))
        .isInstanceOf(StoredFileException.class);
    assertThat(tree()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../2", "-1", "1e3", "99999999999999999999", "2\n3"})
  void aPointerHoldsANumberAlone(String pointer) throws IOException {
    Path table = snapshots();
    Files.writeString(table.resolve("_current"), pointer);
    assertThatThrownBy(() -> TableReader.load(spark, "parquet", table.toString()))
        .isInstanceOf(StoredFileException.class)
        .hasMessageContaining("_current");
  }

  @Test
  void aWriteBySnapshotsDeletesItsOwnWritesAloneAndFollowsNoLink() throws IOException {
    output = root.resolve("snapshots");
    Path table = output.resolve("metrics");
    sink(CommitProtocol.SNAPSHOT)
        .replace(spark.sql("select 1L id, 'a' model_id, '1' day"), TABLE, Map.of("model_id", "a"));
    Path foreign = Files.createDirectories(table.resolve("_data/mine"));
    Path notes = Files.writeString(table.resolve("_snapshots/notes"), "");
    Path link = Files.createSymbolicLink(table.resolve("_data/write=" + ID), victim);
    sink(CommitProtocol.SNAPSHOT)
        .replace(spark.sql("select 1L id, 'b' model_id, '1' day"), TABLE, Map.of("model_id", "b"));
    assertThat(foreign).exists();
    assertThat(notes).exists();
    assertThat(Files.isSymbolicLink(link)).isFalse();
    assertThat(victim.resolve("day=1/precious")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../victim/precious", "..", "/tmp/x", ".hidden", "a/b", "\\x", ""})
  void aListOfHashesNamesFilesOfItsFolderAlone(String name) throws IOException {
    FolderPublisher publisher = new FolderPublisher(new Configuration());
    String bundle = output.resolve("models/m1").toString();
    publisher.publish(bundle, Map.of("manifest.json", new byte[] {1}));
    Path list = Path.of(bundle, FolderPublisher.HASHES);
    Files.writeString(list, "0".repeat(64) + "  " + name + "\n");
    assertThatThrownBy(() -> publisher.read(bundle))
        .isInstanceOf(StoredFileException.class)
        .hasMessageContaining(FolderPublisher.HASHES);
  }

  @Test
  void aPublishedFileIsNoLinkAndAPointerIsOneName() throws IOException {
    FolderPublisher publisher = new FolderPublisher(new Configuration());
    String bundle = output.resolve("models/m1").toString();
    publisher.publish(bundle, Map.of("manifest.json", "precious".getBytes()));
    Path file = Path.of(bundle, "manifest.json");
    Files.delete(file);
    Files.createSymbolicLink(file, victim.resolve("precious"));
    assertThatThrownBy(() -> publisher.read(bundle))
        .isInstanceOf(StoredFileException.class)
        .hasMessageContaining("symbolic link");
    for (String text : List.of("../../victim", "a/b", "..", ".x", "a\nb", "x".repeat(5000))) {
      Path latest = Files.writeString(output.resolve("models/LATEST"), text);
      assertThatThrownBy(() -> publisher.pointer(latest.toString()))
          .isInstanceOf(StoredFileException.class)
          .hasMessageContaining("LATEST");
    }
  }

  @Test
  void aJournalBesideAModelNamesItsStagedContentAlone() throws IOException {
    FolderPublisher publisher = new FolderPublisher(new Configuration());
    String bundle = output.resolve("models/m1").toString();
    publisher.publish(bundle, Map.of("manifest.json", new byte[] {1}));
    Path journal = output.resolve("models/.m1.journal");
    Files.writeString(journal, "longcast swap 1\n../../victim\nreplace \nend\n");
    Map<String, String> before = tree();
    assertThatThrownBy(() -> publisher.read(bundle)).isInstanceOf(StoredFileException.class);
    assertThatThrownBy(() -> publisher.exists(bundle)).isInstanceOf(StoredFileException.class);
    assertThatThrownBy(() -> publisher.publish(bundle, Map.of("x", new byte[1])))
        .isInstanceOf(StoredFileException.class);
    assertThat(tree()).isEqualTo(before);
  }
}
