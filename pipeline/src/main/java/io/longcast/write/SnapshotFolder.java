package io.longcast.write;

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
 * its files into a folder of its own, then writes the list of all files that make the table now,
 * then the number of that list into one small file; that last write is the change.
 *
 * <pre>
 * t/_data/write=UUID/day=2024-01-01/part-*.parquet
 * t/_snapshots/12      the files of snapshot 12, one a line, relative to t/_data
 * t/_current           12
 * </pre>
 *
 * <p>A reader sees one snapshot whole, whenever it looks and wherever a writer dies. The snapshot
 * before the current one is kept for readers that have begun on it; files that neither names are
 * deleted. All names are hidden ones, so that a plain reader of the folder fails loudly instead of
 * reading two snapshots at once. One writer a table at a time.
 */
final class SnapshotFolder implements TableFolder {
  /** The partition column that the folders of the writes look like. */
  static final String WRITE = "write";

  private static final String CURRENT = "_current";
  private static final String HEAD = "# longcast snapshot 1";

  private final FolderSystem files;
  private final Path folder;
  private final Path data;
  private final Consumer<SwapStep> reached;

  SnapshotFolder(FolderSystem files, Path folder, Consumer<SwapStep> reached) {
    this.files = files;
    this.folder = folder;
    this.data = new Path(folder, "_data");
    this.reached = reached;
  }

  /** True if a table is published by snapshots there. */
  static boolean isAt(FolderSystem files, Path folder) {
    return files.exists(new Path(folder, CURRENT));
  }

  @Override
  public void requireManner() {
    if (!files.leaves(folder).isEmpty()) {
      String remedy =
          files.hasAtomicRename()
              ? "write it with output.publish = rename, or move it away (key output.publish)"
              : "move it away, or write to another folder (key output.path)";
      throw new IllegalArgumentException(folder + " holds plain files: " + remedy);
    }
    for (String mark : List.of(".swap", ".journal")) {
      String name = "." + folder.getName() + mark;
      if (files.exists(new Path(folder.getParent(), name))) {
        throw new IllegalArgumentException(
            "%s was left half-way by a writer that swaps by renames: %s lies beside it; run once with"
                    .formatted(folder, name)
                + " output.publish = rename, which settles it (key output.publish)");
      }
    }
  }

  @Override
  public boolean settle() {
    requireManner();
    clean();
    return false;
  }

  @Override
  public Path staging() {
    return new Path(data, WRITE + "=" + UUID.randomUUID());
  }

  @Override
  public List<String> partitions() {
    return live().stream().map(SnapshotFolder::partitionOf).distinct().toList();
  }

  @Override
  public Stored all() {
    return stored(live().stream());
  }

  @Override
  public Stored of(List<String> partitions) {
    Set<String> wanted = Set.copyOf(partitions);
    return stored(live().stream().filter(file -> wanted.contains(partitionOf(file))));
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
    Set<String> gone = Set.copyOf(partitions);
    List<String> next = new ArrayList<>(List.of(HEAD));
    live().stream().filter(file -> !gone.contains(partitionOf(file))).forEach(next::add);
    files.files(staging).forEach(file -> next.add(staging.getName() + "/" + file));
    long number = current() + 1;
    files.replace(snapshot(number), FolderSystem.bytes(String.join("\n", next) + "\n"));
    reached.accept(SwapStep.JOURNALED);
    files.replace(new Path(folder, CURRENT), FolderSystem.bytes(number + "\n"));
    reached.accept(SwapStep.BACK);
    clean();
    reached.accept(SwapStep.SETTLED);
  }

  @Override
  public void discard(Path staging) {
    if (live().stream().noneMatch(file -> file.startsWith(staging.getName() + "/"))) {
      files.delete(staging);
    }
  }

  /** Deletes all but the current snapshot and the one before, lists before files. */
  private void clean() {
    long current = current();
    Set<String> kept = new HashSet<>(live(current));
    if (files.exists(snapshot(current - 1))) {
      kept.addAll(listed(current - 1));
    }
    for (FileStatus list : files.list(new Path(folder, "_snapshots"))) {
      String name = list.getPath().getName();
      if (!name.equals("" + current) && !name.equals("" + (current - 1))) {
        files.delete(list.getPath());
      }
    }
    for (FileStatus write : files.list(data)) {
      clean(write.getPath(), kept);
    }
  }

  private void clean(Path write, Set<String> kept) {
    String prefix = write.getName() + "/";
    if (kept.stream().noneMatch(file -> file.startsWith(prefix))) {
      files.delete(write);
      return;
    }
    files.files(write).stream()
        .filter(file -> !kept.contains(prefix + file))
        .forEach(file -> files.delete(new Path(write, file)));
  }

  private List<String> live() {
    return live(current());
  }

  /** Where two publishes came between the look at the pointer and this one, the newest list. */
  private List<String> live(long number) {
    if (number < 1) {
      return List.of();
    }
    if (files.exists(snapshot(number))) {
      return listed(number);
    }
    long now = current();
    if (now != number) {
      return live(now);
    }
    throw new IllegalStateException(
        "table %s has lost the list of its files: %s names snapshot %d, found no %s; put the list"
                .formatted(folder, CURRENT, number, snapshot(number))
            + " back, or move the table away and write it anew");
  }

  /** The number of the published snapshot; 0 where there is none. */
  private long current() {
    Path pointer = new Path(folder, CURRENT);
    if (!files.exists(pointer)) {
      return 0;
    }
    String number = files.text(pointer).trim();
    return number.isEmpty() ? newest() : Long.parseLong(number);
  }

  /**
   * The number of the newest list. Some stores create a file empty and fill it when it is closed;
   * where the pointer is empty, the list that it is to name is whole.
   */
  private long newest() {
    return files.list(new Path(folder, "_snapshots")).stream()
        .map(list -> list.getPath().getName())
        .filter(name -> name.matches("\\d+"))
        .mapToLong(Long::parseLong)
        .max()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "table %s is lost: %s is empty and there is no list of files in _snapshots; move"
                            .formatted(folder, CURRENT)
                        + " the table away and write it anew"));
  }

  private List<String> listed(long number) {
    Path list = snapshot(number);
    List<String> lines = files.text(list).lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
      throw new IllegalStateException("not a list of files of this version: " + list);
    }
    return lines.subList(1, lines.size());
  }

  private Path snapshot(long number) {
    return new Path(folder, "_snapshots/" + number);
  }
}
