package io.longcast.files;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change one folder, such as a table: a small file {@code .t.lock} beside it that says
 * who writes and since when, renewed while it is held.
 *
 * <p>A lock of a process that ended is taken over at once where that can be seen, on the same
 * machine, and elsewhere when it was not renewed for {@link #LEASE} by the clock of the store.
 * Stores that cannot create a file atomically may let two writers past at the same instant; where
 * that matters, the writer must look once more before its last step.
 */
public final class WriterLock implements AutoCloseable {
  /** How long a run waits for another one that writes the same folder. */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  /** How long a lock counts that its writer does not renew. */
  public static final Duration LEASE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(WriterLock.class);
  private static final int MAX_BYTES = 1 << 12;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final FolderSystem files;
  private final Path folder;
  private final Path file;
  private final Writer writer;
  private final ScheduledExecutorService renewal;

  private WriterLock(FolderSystem files, Path folder, Writer writer) {
    this.files = files;
    this.folder = folder;
    this.file = file(folder);
    this.writer = writer;
    this.renewal =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lock of " + folder.getName());
              thread.setDaemon(true);
              return thread;
            });
    long period = LEASE.toMillis() / 5;
    renewal.scheduleAtFixedRate(this::renew, period, period, TimeUnit.MILLISECONDS);
  }

  public static Path file(Path folder) {
    return new Path(folder.getParent(), "." + folder.getName() + ".lock");
  }

  /**
   * Takes the lock of a folder.
   *
   * @param patience how long to wait for a writer that is at work
   * @throws LockedException if it is still at work then; the message says who it is
   */
  public static WriterLock take(FolderSystem files, Path folder, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    boolean told = false;
    Optional<WriterLock> lock = tryTake(files, folder);
    while (lock.isEmpty()) {
      if (System.nanoTime() >= end) {
        throw busy(files, folder);
      }
      if (!told) {
        LOG.info("waits for the writer of {}: {}", folder, owner(files, file(folder)));
        told = true;
      }
      pause(folder);
      lock = tryTake(files, folder);
    }
    return lock.get();
  }

  /** Takes the lock of a folder unless a writer is at work. */
  public static Optional<WriterLock> tryTake(FolderSystem files, Path folder) {
    Path file = file(folder);
    files.makeFolder(file.getParent());
    Writer here = Writer.here();
    boolean made = files.create(file, FolderSystem.bytes(here.text()));
    if (!made && isStale(files, file)) {
      takeAway(files, file);
      made = files.create(file, FolderSystem.bytes(here.text()));
    }
    return made ? Optional.of(new WriterLock(files, folder, here)) : Optional.empty();
  }

  /** A lock that is no longer stale when it is in hand goes back. */
  private static void takeAway(FolderSystem files, Path file) {
    Path away = new Path(file.getParent(), file.getName() + "-" + UUID.randomUUID());
    try {
      files.rename(file, away);
    } catch (UncheckedIOException gone) {
      return;
    }
    if (isStale(files, away)) {
      LOG.warn("took over the lock {} of a dead writer: {}", file, owner(files, away));
      files.delete(away);
    } else {
      files.rename(away, file);
    }
  }

  private static boolean isStale(FolderSystem files, Path file) {
    Optional<Writer> writer = Writer.parse(text(files, file));
    return writer.map(Writer::isDead).orElse(false) || age(files, file).compareTo(LEASE) > 0;
  }

  /** Since the last renewal, by the clock of the store. */
  private static Duration age(FolderSystem files, Path file) {
    Path probe = new Path(file.getParent(), ".probe-" + UUID.randomUUID());
    files.write(probe, new byte[] {'\n'});
    OptionalLong now = files.modified(probe);
    files.delete(probe);
    OptionalLong then = files.modified(file);
    return Duration.ofMillis(
        then.isEmpty() || now.isEmpty() ? 0 : now.getAsLong() - then.getAsLong());
  }

  private static String text(FolderSystem files, Path file) {
    try {
      return files.text(file, MAX_BYTES);
    } catch (UncheckedIOException | StoredFileException gone) {
      return "";
    }
  }

  private static String owner(FolderSystem files, Path file) {
    return Writer.parse(text(files, file)).map(Writer::toString).orElse("unknown");
  }

  private static LockedException busy(FolderSystem files, Path folder) {
    return new LockedException(
        "%s is being written by another run (%s; lock %s): wait until it is done, or end it;"
                .formatted(folder, owner(files, file(folder)), file(folder))
            + " the lock of a run that died is taken over by itself, from its own machine at once,"
            + " from another %d minutes after its last sign of life".formatted(LEASE.toMinutes()));
  }

  private static void pause(Path folder) {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting to write " + folder, stop);
    }
  }

  private boolean isHeld() {
    return Writer.parse(text(files, file)).map(w -> w.id().equals(writer.id())).orElse(false);
  }

  /**
   * The last look before a change.
   *
   * @throws IllegalStateException if another run took the lock over
   */
  public void requireHeld() {
    if (!isHeld()) {
      throw new IllegalStateException(
          "the lock of %s was taken over by another run (%s) because this one gave no sign of"
                  .formatted(folder, owner(files, file(folder)))
              + " life for %d minutes; nothing was changed, run this again"
                  .formatted(LEASE.toMinutes()));
    }
  }

  private void renew() {
    try {
      if (isHeld()) {
        files.replace(file, FolderSystem.bytes(writer.text()));
      }
    } catch (RuntimeException failure) {
      LOG.warn("could not renew the lock {}", file, failure);
    }
  }

  @Override
  public void close() {
    renewal.shutdownNow();
    if (isHeld()) {
      files.delete(file);
    }
  }
}
