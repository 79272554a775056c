package io.longcast.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFilesTest {
  @TempDir Path folder;

  private static SparkConf conf(String master) {
    return new SparkConf(false).set("spark.master", master);
  }

  @Test
  void areInAFolderOfTheRunAlone() {
    String wanted = folder + "/a," + folder + "/b";
    var settings = TemporaryFiles.settings(conf("local[2]").set("spark.local.dir", wanted));

    Path own = Path.of(System.getProperty("java.io.tmpdir"));
    assertThat(own.getFileName().toString()).startsWith("longcast-");
    assertThat(settings.get("spark.hadoop.hadoop.tmp.dir")).isEqualTo(own + "/hadoop");
    List<String> local = List.of(settings.get("spark.local.dir").split(","));
    assertThat(local).hasSize(2);
    assertThat(local.get(0)).startsWith(folder + "/a/longcast-");
    assertThat(local.get(1)).startsWith(folder + "/b/longcast-");
    assertThat(local).allSatisfy(one -> assertThat(rights(Path.of(one))).isEqualTo("rwx------"));
    assertThat(rights(own)).isEqualTo("rwx------");
  }

  @Test
  void ofExecutorsOnOtherMachinesAreTheirs() {
    for (String master : List.of("yarn", "spark://host:7077", "k8s://https://host:6443")) {
      SparkConf conf = conf(master).set("spark.local.dir", folder.toString());
      assertThat(TemporaryFiles.settings(conf)).isEmpty();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  @Tag("long")
  void keepCachedRowsFromOthers() throws Exception {
    try (SparkSession spark = Sessions.start("test", Optional.of("local[1]"), false)) {
      spark.range(1000).persist(StorageLevel.DISK_ONLY()).count();
      File[] folders = SparkEnv.get().blockManager().diskBlockManager().localDirs();
      assertThat(folders).isNotEmpty();
      for (File one : folders) {
        assertThat(rights(one.toPath())).isEqualTo("rwx------");
        assertThat(one.toPath()).startsWith(Path.of(System.getProperty("java.io.tmpdir")));
      }
    }
  }

  private static String rights(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
