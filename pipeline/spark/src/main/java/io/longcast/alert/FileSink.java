package io.longcast.alert;

import io.longcast.files.FolderSystem;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Writes each delivery as one file of JSON lines. Its name is that of its first alert and a hash of
 * all keys, so that a delivery that is repeated replaces its file.
 */
final class FileSink implements AlertSink {
  static final String NAME = "file";

  private static final int HASH_BYTES = 4;

  private final Path folder;
  private final FolderSystem files;

  FileSink(String folder, Configuration hadoop) {
    this.folder = new Path(folder);
    files = FolderSystem.of(hadoop, this.folder);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int batch() {
    return Integer.MAX_VALUE;
  }

  @Override
  public void deliver(List<Alert> alerts) throws UndeliveredException {
    String lines =
        alerts.stream().map(alert -> alert.json()).collect(Collectors.joining("\n", "", "\n"));
    try {
      files.makeFolder(folder);
      files.replace(new Path(folder, name(alerts)), FolderSystem.bytes(lines));
    } catch (UncheckedIOException failed) {
      throw new UndeliveredException(failed.getMessage(), failed);
    }
  }

  private static String name(List<Alert> alerts) {
    String keys = alerts.stream().map(Alert::key).collect(Collectors.joining("\n"));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(keys.getBytes(StandardCharsets.UTF_8));
      return alerts.get(0).key() + "-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES) + ".jsonl";
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
