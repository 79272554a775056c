package io.longcast.write;

import io.longcast.files.FolderSystem;
import io.longcast.settings.SettingException;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/** A table as a plain folder, changed by renames: any reader of the format reads it. */
final class SwappedFolder implements TableFolder {
  private final FolderSystem files;
  private final Path folder;
  private final FolderSwap swap;

  SwappedFolder(FolderSystem files, Path folder, Consumer<SwapStep> reached) {
    this.files = files;
    this.folder = folder;
    this.swap = new FolderSwap(files, folder, reached);
  }

  @Override
  public void requireManner() {
    if (SnapshotFolder.isAt(files, folder)) {
      throw new SettingException(
          "output.commitProtocol",
          folder
              + " is published by snapshots: write it with output.commitProtocol = snapshot, or move it"
              + " away");
    }
  }

  @Override
  public boolean settle() {
    requireManner();
    return swap.recover();
  }

  @Override
  public Path staging() {
    return swap.staging();
  }

  @Override
  public List<String> partitions() {
    return files.leaves(folder);
  }

  @Override
  public Stored all() {
    requireWhole(".swap");
    if (partitions().isEmpty()) {
      requireWhole(".journal");
      // Asked again, because a swap may have ended between the two looks.
      return new Stored(folder, partitions().isEmpty() ? List.of() : List.of(folder));
    }
    return new Stored(folder, List.of(folder));
  }

  @Override
  public Stored of(List<String> partitions) {
    return new Stored(
        folder, partitions.stream().map(p -> p.isEmpty() ? folder : new Path(folder, p)).toList());
  }

  @Override
  public String partition(String file) {
    String parent = new Path(URI.create(file)).getParent().toUri().getPath();
    String root = files.qualified(folder).toUri().getPath();
    return parent.equals(root) ? "" : parent.substring(root.length() + 1);
  }

  @Override
  public void publish(Path staging, List<String> partitions) {
    if (partitions.equals(List.of(""))) {
      swap.replace(staging);
    } else {
      swap.replace(staging, partitions);
    }
  }

  /** Where a journal names the staged rows, the next start puts them in. */
  @Override
  public void discard(Path staging) {
    if (!files.exists(beside(".journal"))) {
      swap.discard(staging);
    }
  }

  private void requireWhole(String mark) {
    if (files.exists(beside(mark))) {
      throw new IllegalStateException(
          "table %s is between two states: %s is beside it, so a writer is running or was killed;"
                  .formatted(folder, beside(mark).getName())
              + " read again when it is done, or run once what writes to this output: its start"
              + " settles the table");
    }
  }

  private Path beside(String suffix) {
    return new Path(folder.getParent(), "." + folder.getName() + suffix);
  }
}
