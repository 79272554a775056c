package io.longcast.train.round;

import java.io.Serializable;
import java.lang.ref.Cleaner;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;

/**
 * State that an executor keeps from round to round of a run: idle replicas, at most one a task
 * slot, and opened shards as long as memory allows.
 *
 * <p>It travels empty, inside a broadcast of the run: all tasks of an executor see the same
 * instance, and it goes when the broadcast is destroyed, which needs no state outside the run.
 * Replicas that {@link #closeIdle()} did not reach are closed once the scope is collected.
 */
public final class RunScope implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Cleaner CLEANER = Cleaner.create();

  private transient volatile Local local;

  /**
   * The executor's part; it must not refer to the scope, which could then never be
   * garbage-collected.
   */
  private static final class Local implements Runnable {
    private final ConcurrentLinkedDeque<Slot> idle = new ConcurrentLinkedDeque<>();
    private final Map<Integer, SoftReference<Object>> opened = new ConcurrentHashMap<>();
    private final AtomicInteger slots = new AtomicInteger();

    @Override
    public void run() {
      for (Slot slot = idle.poll(); slot != null; slot = idle.poll()) {
        slot.close();
      }
    }
  }

  /**
   * One replica with its name.
   *
   * @param name executor and number
   * @param replica as the task needs it
   */
  public record Slot(String name, AutoCloseable replica) {
    /** Closes the replica. */
    public void close() {
      try {
        replica.close();
      } catch (Exception e) {
        throw new IllegalStateException("closing the replica of " + name, e);
      }
    }
  }

  private Local local() {
    if (local == null) {
      synchronized (this) {
        if (local == null) {
          Local fresh = new Local();
          CLEANER.register(this, fresh);
          local = fresh;
        }
      }
    }
    return local;
  }

  /** Takes an idle replica, or opens one. The newest idle one comes first: it is warm. */
  public Slot borrow(Supplier<? extends AutoCloseable> open) {
    Slot slot = local().idle.poll();
    if (slot != null) {
      return slot;
    }
    String name = SparkEnv.get().executorId() + "/" + local().slots.getAndIncrement();
    return new Slot(name, open.get());
  }

  /** Gives a replica back after a task that ended well; after any other it is closed instead. */
  public void giveBack(Slot slot) {
    local().idle.push(slot);
  }

  /** Takes an opened shard, or opens it; nobody else has it until it is given back. */
  public <D> D take(int shard, Class<D> type, Supplier<D> open) {
    SoftReference<Object> known = local().opened.remove(shard);
    Object data = known == null ? null : known.get();
    return data != null ? type.cast(data) : open.get();
  }

  /** Gives an opened shard back; it is kept as long as memory allows. */
  public void giveBack(int shard, Object data) {
    local().opened.put(shard, new SoftReference<>(data));
  }

  /** Closes the idle replicas of this executor and forgets its shards. */
  public void closeIdle() {
    local().opened.clear();
    local().run();
  }
}
