package io.longcast.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosixLocalFileSystemTest {
  @TempDir java.nio.file.Path folder;

  @ParameterizedTest
  @ValueSource(shorts = {0600, 0644, 0700, 0755, 0777, 0400, 0, 01777})
  void permissionsAreThoseThatHadoopSets(short mode) throws IOException {
    java.nio.file.Path ours = Files.createFile(folder.resolve("ours"));
    java.nio.file.Path theirs = Files.createFile(folder.resolve("theirs"));

    system(PosixLocalFileSystem.class)
        .setPermission(new Path(ours.toUri()), new FsPermission(mode));
    system(LocalFileSystem.class).setPermission(new Path(theirs.toUri()), new FsPermission(mode));

    assertThat(Files.getAttribute(ours, "unix:mode"))
        .isEqualTo(Files.getAttribute(theirs, "unix:mode"));
  }

  @Test
  void filesAndFoldersAreCreatedWithoutAProcess() throws IOException {
    assertThat(processesOf(system(LocalFileSystem.class))).isPositive();
    assertThat(processesOf(system(PosixLocalFileSystem.class))).isZero();
  }

  @Test
  void aFileThatIsMissingIsAnError() throws IOException {
    FileSystem system = system(PosixLocalFileSystem.class);
    Path missing = new Path(folder.resolve("missing").toUri());

    assertThatThrownBy(() -> system.setPermission(missing, new FsPermission((short) 0600)))
        .isInstanceOfAny(NoSuchFileException.class, FileNotFoundException.class)
        .hasMessageContaining("missing");
  }

  private long processesOf(FileSystem system) throws IOException {
    java.nio.file.Path record = folder.resolve("record.jfr");
    Path table = new Path(folder.resolve("table").toUri());
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ProcessStart");
      recording.start();
      FileSystem.mkdirs(system, table, new FsPermission((short) 0700));
      FileSystem.create(system, new Path(table, "file"), new FsPermission((short) 0600)).close();
      recording.dump(record);
    }
    system.delete(table, true);
    return RecordingFile.readAllEvents(record).stream()
        .filter(event -> event.getString("command").contains("chmod"))
        .count();
  }

  private static FileSystem system(Class<? extends FileSystem> type) throws IOException {
    Configuration hadoop = new Configuration(false);
    hadoop.setClass(PosixLocalFileSystem.SETTING, type, FileSystem.class);
    return FileSystem.newInstance(URI.create("file:///"), hadoop);
  }
}
