package io.longcast.write;

import io.longcast.files.FolderSystem;
import io.longcast.settings.SettingException;
import io.longcast.table.SnapshotFiles;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A table as a list of files, for stores that cannot rename a folder in one step. Every write puts
 * its files into its own folder, then writes the list of all files that make the table now, then
 * the number of that list into one small file; that last write is the change.
 *
 * <pre>
 * t/_data/write=UUID/day=2024-01-01/part-*.parquet
 * t/_snapshots/12      the files of snapshot 12, one a line, relative to t/_data
 * t/_current           12
 * </pre>
 *
 * <p>A reader sees one complete snapshot at any time, also after a writer crashed. The snapshot
 * before the current one is kept for readers that have begun on it; files that neither names are
 * deleted. All names are hidden ones, so that a plain reader of the folder fails loudly instead of
 * reading two snapshots at once; sources and {@link TableReader} read it. One writer a table at a
 * time: {@link WriterLock} sees to it, and where two came past it, the later one finds that the
 * pointer has moved.
 */
final class SnapshotFolder implements TableFolder {
  private final FolderSystem files;
  private final Path folder;
  private final SnapshotFiles snapshot;
  private final Path data;
  private final Consumer<SwapStep> reached;
  private long settled;

  SnapshotFolder(FolderSystem files, Path folder, Consumer<SwapStep> reached) {
    this.files = files;
    this.folder = folder;
    this.snapshot = new SnapshotFiles(files, folder);
    this.data = snapshot.data();
    this.reached = reached;
  }

  /** True if a table is published by snapshots there. */
  static boolean isAt(FolderSystem files, Path folder) {
    return SnapshotFiles.isAt(files, folder);
  }

  @Override
  public void requireManner() {
    if (!files.leaves(folder).isEmpty()) {
      String found = folder + " contains plain files: ";
      throw files.hasAtomicRename()
          ? new SettingException(
              "output.commitProtocol",
              found + "write it with output.commitProtocol = rename, or move it away")
          : new SettingException("output.path", found + "move it away, or write to another folder");
    }
    for (String mark : List.of(".swap", ".journal")) {
      String name = "." + folder.getName() + mark;
      if (files.exists(new Path(folder.getParent(), name))) {
        throw new SettingException(
            "output.commitProtocol",
            "%s was left incomplete by a writer that swaps by renames: %s is beside it; run once with"
                    .formatted(folder, name)
                + " output.commitProtocol = rename, which settles it");
      }
    }
  }

  @Override
  public boolean settle() {
    requireManner();
    settled = snapshot.current();
    clean();
    return false;
  }

  @Override
  public Path staging() {
    return new Path(data, SnapshotFiles.WRITE + "=" + UUID.randomUUID());
  }

  @Override
  public List<String> partitions() {
    return snapshot.live().stream().map(SnapshotFolder::partitionOf).distinct().toList();
  }

  @Override
  public Stored all() {
    return stored(snapshot.live().stream());
  }

  @Override
  public Stored of(List<String> partitions) {
    Set<String> wanted = Set.copyOf(partitions);
    return stored(snapshot.live().stream().filter(file -> wanted.contains(partitionOf(file))));
  }

  private Stored stored(Stream<String> relative) {
    return new Stored(data, relative.map(file -> new Path(data, file)).toList());
  }

  @Override
  public String partition(String file) {
    String path = new Path(URI.create(file)).toUri().getPath();
    return partitionOf(path.substring(files.qualified(data).toUri().getPath().length() + 1));
  }

  /** Without the folder of the write and the name of the file. */
  private static String partitionOf(String file) {
    int first = file.indexOf('/');
    int last = file.lastIndexOf('/');
    return first == last ? "" : file.substring(first + 1, last);
  }

  @Override
  public void publish(Path staging, List<String> partitions) {
    reached.accept(SwapStep.STAGED);
    requireUnchanged();
    Set<String> gone = Set.copyOf(partitions);
    List<String> next = new ArrayList<>(List.of(SnapshotFiles.HEAD));
    snapshot.live().stream().filter(file -> !gone.contains(partitionOf(file))).forEach(next::add);
    files.files(staging).forEach(file -> next.add(staging.getName() + "/" + file));
    long number = settled + 1;
    files.replace(snapshot.list(number), FolderSystem.bytes(String.join("\n", next) + "\n"));
    reached.accept(SwapStep.JOURNALED);
    files.replace(snapshot.pointer(), FolderSystem.bytes(number + "\n"));
    reached.accept(SwapStep.BACK);
    clean();
    reached.accept(SwapStep.SETTLED);
  }

  /** The last look before a change where no lock can be trusted. */
  private void requireUnchanged() {
    long now = snapshot.current();
    if (now != settled) {
      throw new IllegalStateException(
          "table %s was written by another run in the meantime: expected snapshot %d, found %d;"
                  .formatted(folder, settled, now)
              + " nothing was changed, run this again");
    }
  }

  @Override
  public void discard(Path staging) {
    if (snapshot.live().stream().noneMatch(file -> file.startsWith(staging.getName() + "/"))) {
      files.delete(staging);
    }
  }

  /**
   * Deletes all but the current snapshot and the one before, lists before files; of what lies there
   * only lists and writes of ours.
   */
  private void clean() {
    long current = snapshot.current();
    Set<String> kept = new HashSet<>(snapshot.live());
    if (files.exists(snapshot.list(current - 1))) {
      kept.addAll(snapshot.listed(current - 1));
    }
    List.of(data, snapshot.lists()).forEach(root -> files.requireNoLink(root, ""));
    for (FileStatus list : files.list(snapshot.lists())) {
      String name = list.getPath().getName();
      boolean ours = SnapshotFiles.NUMBER.matcher(name).matches();
      if (ours && !name.equals("" + current) && !name.equals("" + (current - 1))) {
        files.delete(list.getPath());
      }
    }
    for (FileStatus write : files.list(data)) {
      if (SnapshotFiles.WRITES.matcher(write.getPath().getName()).matches()) {
        clean(write.getPath(), kept);
      }
    }
  }

  private void clean(Path write, Set<String> kept) {
    String prefix = write.getName() + "/";
    if (kept.stream().noneMatch(file -> file.startsWith(prefix))) {
      files.delete(write);
      return;
    }
    files.requireNoLink(write, "");
    files.files(write).stream()
        .filter(file -> !kept.contains(prefix + file))
        .forEach(file -> files.delete(new Path(write, file)));
  }
}
