package io.longcast.write;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Swaps a folder, or some partitions of it, for new ones, so that a death at any point loses
 * nothing and the next start settles it.
 *
 * <p>The protocol, beside a folder {@code t}: new content is staged in {@code .t.staging-*}; a
 * journal {@code .t.journal} names it; then, unless one rename does it all, {@code t} is renamed to
 * {@code .t.swap}, old partitions go to {@code .t.trash-*}, new ones come in, and {@code .t.swap}
 * becomes {@code t} again; journal and refuse are deleted. Without a journal the staged content is
 * refuse; with one, {@link #recover} finishes the swap.
 *
 * <p>What readers see: before, the old folder whole; after, the new one whole; in the instant
 * between, the name does not exist, which fails loudly. Never a mixture of old and new. A reader
 * that listed the old files and opens one too late fails loudly too, because names of files never
 * return.
 */
final class FolderSwap {
  private static final String STAGING = ".staging-";
  private static final String TRASH = ".trash-";
  private static final Pattern LEFT_OVER =
      Pattern.compile("\\.(.+)\\.(?:journal|swap|lock|(?:staging|trash)-.*)");
  private static final String WHOLE = "";

  private final FolderSystem files;
  private final Path folder;
  private final Consumer<SwapStep> reached;

  /**
   * @param files the folder's file system
   * @param folder the folder that is swapped
   * @param reached told of each step, for tests that die there
   */
  FolderSwap(FolderSystem files, Path folder, Consumer<SwapStep> reached) {
    this.files = files;
    this.folder = folder;
    this.reached = reached;
  }

  /** The folder that a name beside it belongs to, if a swap or its writer gave that name. */
  static Optional<String> folderOf(String name) {
    Matcher match = LEFT_OVER.matcher(name);
    return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
  }

  /** A free place beside the folder for new content. */
  Path staging() {
    return beside(STAGING + UUID.randomUUID());
  }

  /** Puts staged content in place of the whole folder. */
  void replace(Path staging) {
    commit(staging, List.of(WHOLE));
  }

  /**
   * Puts staged partitions in place of the folder's own. A partition that is named but not staged
   * is removed; the others stay. Where there are no others the folder is swapped whole, which takes
   * its name away for two renames instead of two a partition.
   *
   * @param staging staged content
   * @param partitions paths of partitions relative to the folder
   */
  void replace(Path staging, List<String> partitions) {
    boolean whole = !files.exists(folder) || (files.exists(staging) && isAll(partitions));
    commit(staging, whole ? List.of(WHOLE) : partitions);
  }

  private boolean isAll(List<String> partitions) {
    return Set.copyOf(partitions).containsAll(files.leaves(folder));
  }

  private void commit(Path staging, List<String> partitions) {
    reached.accept(SwapStep.STAGED);
    List<SwapJournal.Change> changes =
        partitions.stream()
            .map(p -> new SwapJournal.Change(p, files.exists(under(staging, p))))
            .toList();
    SwapJournal journal = new SwapJournal(staging.getName(), changes);
    files.replace(journalFile(), journal.text().getBytes(StandardCharsets.UTF_8));
    reached.accept(SwapStep.JOURNALED);
    finish(journal);
  }

  /**
   * Settles what a dead writer left: finishes a swap that has a journal, deletes staged content
   * that has none.
   *
   * @return whether a swap was finished
   */
  boolean recover() {
    boolean journaled = finishJournal();
    for (FileStatus entry : files.list(folder.getParent())) {
      String name = entry.getPath().getName();
      if (name.startsWith(hidden(STAGING)) || name.startsWith(hidden(TRASH))) {
        files.delete(entry.getPath());
      }
    }
    return journaled;
  }

  /** Finishes a swap that has a journal and leaves staged content alone, which may be in work. */
  boolean finishJournal() {
    boolean journaled = files.exists(journalFile());
    if (journaled) {
      finish(SwapJournal.parse(files.text(journalFile())));
    }
    return journaled;
  }

  private void finish(SwapJournal journal) {
    Path staging = new Path(folder.getParent(), journal.staging());
    Path trash = beside(TRASH + journal.staging().substring(hidden(STAGING).length()));
    if (journal.isWhole()) {
      finishWhole(staging, trash);
    } else {
      finishPartitions(journal.changes(), staging, trash);
    }
    reached.accept(SwapStep.BACK);
    files.delete(journalFile());
    reached.accept(SwapStep.SETTLED);
    files.delete(trash);
    files.delete(staging);
  }

  private void finishWhole(Path staging, Path trash) {
    if (!files.exists(staging)) {
      return;
    }
    if (files.exists(folder)) {
      files.rename(folder, trash);
      reached.accept(SwapStep.AWAY);
    }
    files.rename(staging, folder);
    reached.accept(SwapStep.NEW_IN);
  }

  private void finishPartitions(List<SwapJournal.Change> changes, Path staging, Path trash) {
    Path swap = beside(".swap");
    if (!files.exists(swap)) {
      if (isOneAddition(changes, staging)) {
        moveIn(changes.get(0), staging, folder);
        return;
      }
      files.rename(folder, swap);
    }
    reached.accept(SwapStep.AWAY);
    for (SwapJournal.Change change : changes) {
      moveOut(change, staging, swap, trash);
      moveIn(change, staging, swap);
    }
    files.rename(swap, folder);
  }

  private boolean isOneAddition(List<SwapJournal.Change> changes, Path staging) {
    return changes.size() == 1
        && !files.exists(under(folder, changes.get(0).partition()))
        && files.exists(under(staging, changes.get(0).partition()));
  }

  /** Where new content was staged and is no longer, what stands in its place is the new one. */
  private void moveOut(SwapJournal.Change change, Path staging, Path swap, Path trash) {
    Path old = under(swap, change.partition());
    boolean pending = !change.staged() || files.exists(under(staging, change.partition()));
    if (pending && files.exists(old)) {
      Path out = under(trash, change.partition());
      files.makeFolder(out.getParent());
      files.rename(old, out);
      reached.accept(SwapStep.OLD_OUT);
    }
  }

  private void moveIn(SwapJournal.Change change, Path staging, Path target) {
    Path fresh = under(staging, change.partition());
    if (files.exists(fresh)) {
      Path place = under(target, change.partition());
      files.makeFolder(place.getParent());
      files.rename(fresh, place);
      reached.accept(SwapStep.NEW_IN);
    }
  }

  private static Path under(Path parent, String relative) {
    return relative.isEmpty() ? parent : new Path(parent, relative);
  }

  private Path journalFile() {
    return beside(".journal");
  }

  private Path beside(String suffix) {
    return new Path(folder.getParent(), hidden(suffix));
  }

  private String hidden(String suffix) {
    return "." + folder.getName() + suffix;
  }
}
