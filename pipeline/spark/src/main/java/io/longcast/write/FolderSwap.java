package io.longcast.write;

import io.longcast.files.FolderSystem;
import io.longcast.files.StoredNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * Swaps a folder, or some partitions of it, for new ones, so that a crash at any point loses
 * nothing and the next start completes it or rolls it back.
 *
 * <p>The protocol, beside a folder {@code t}: {@code .t.pending} names the folder {@code
 * .t.staging-*} where new content is staged; a journal {@code .t.journal} names it once it is
 * whole; then, unless one rename does it all, {@code t} is renamed to {@code .t.swap}, old
 * partitions go to {@code .t.trash-*}, new ones come in, and {@code .t.swap} becomes {@code t}
 * again; journal and refuse are deleted. Without a journal the staged content is refuse; with one,
 * {@link #recover} finishes the swap. It touches nothing but what these two files name, after their
 * names were checked and found to be no links.
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
      Pattern.compile("\\.(.+)\\.(?:journal|pending|swap|lock|(?:staging|trash)-.*)");
  private static final String WHOLE = "";
  private static final int MAX_JOURNAL = 1 << 26;
  private static final int MAX_PENDING = 1 << 16;

  private final FolderSystem files;
  private final Path folder;
  private final Consumer<SwapStep> reached;

  /**
   * @param files the folder's file system
   * @param folder the folder that is swapped
   * @param reached notified of each step, for tests that crash there
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

  /** A free place beside the folder for new content, named as pending before anything is there. */
  Path staging() {
    PendingFolders pending = pending().with(hidden(STAGING + UUID.randomUUID()));
    write(pending);
    return new Path(folder.getParent(), pending.names().get(pending.names().size() - 1));
  }

  /** Gives up what was staged. */
  void discard(Path staging) {
    discard(staging.getName());
    write(pending().without(staging.getName()));
  }

  private void discard(String staging) {
    files.delete(new Path(folder.getParent(), staging));
    files.delete(trash(staging));
  }

  private PendingFolders pending() {
    Path file = beside(".pending");
    return files.exists(file)
        ? PendingFolders.parse(files.text(file, MAX_PENDING), stagings(), file)
        : PendingFolders.NONE;
  }

  private void write(PendingFolders pending) {
    if (pending.names().isEmpty()) {
      files.delete(beside(".pending"));
    } else {
      files.replace(beside(".pending"), FolderSystem.bytes(pending.text()));
    }
  }

  private Pattern stagings() {
    return Pattern.compile(Pattern.quote(hidden(STAGING)) + StoredNames.UUID);
  }

  private Path trash(String staging) {
    return beside(TRASH + staging.substring(hidden(STAGING).length()));
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
    requireNoLinks(journal);
    files.replace(journalFile(), journal.text().getBytes(StandardCharsets.UTF_8));
    reached.accept(SwapStep.JOURNALED);
    finish(journal);
  }

  /**
   * Settles what a dead writer left: finishes a swap that has a journal, deletes staged content
   * that has none.
   *
   * @return whether a swap was finished
   * @throws io.longcast.files.StoredFileException if journal or list name anything else; nothing
   *     was touched
   */
  boolean recover() {
    PendingFolders pending = pending();
    boolean journaled = finishJournal();
    pending.names().forEach(this::discard);
    write(PendingFolders.NONE);
    return journaled;
  }

  /** Finishes a swap that has a journal and leaves staged content alone, which may be in work. */
  boolean finishJournal() {
    boolean journaled = files.exists(journalFile());
    if (journaled) {
      String text = files.text(journalFile(), MAX_JOURNAL);
      SwapJournal journal = SwapJournal.parse(text, stagings(), journalFile());
      requireNoLinks(journal);
      finish(journal);
    }
    return journaled;
  }

  /** A link among the folders of a swap would have it move and delete what lies elsewhere. */
  private void requireNoLinks(SwapJournal journal) {
    Path staging = new Path(folder.getParent(), journal.staging());
    List<Path> roots = List.of(folder, beside(".swap"), staging, trash(journal.staging()));
    for (SwapJournal.Change change : journal.changes()) {
      roots.forEach(root -> files.requireNoLink(root, change.partition()));
    }
  }

  private void finish(SwapJournal journal) {
    Path staging = new Path(folder.getParent(), journal.staging());
    Path trash = trash(journal.staging());
    if (journal.isWhole()) {
      finishWhole(staging, trash);
    } else {
      finishPartitions(journal.changes(), staging, trash);
    }
    reached.accept(SwapStep.BACK);
    files.delete(journalFile());
    reached.accept(SwapStep.SETTLED);
    discard(staging);
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

  /** If staged content no longer exists, the folder in its place is the new one. */
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
