package io.longcast.train;

import io.longcast.model.Trainable;
import io.longcast.model.Trainable.LossSum;
import io.longcast.model.TrainableFactory;
import io.longcast.train.round.Fault;
import io.longcast.train.round.Floats;
import io.longcast.train.round.RoundInput;
import io.longcast.train.round.RoundStats;
import io.longcast.train.round.RunScope;
import io.longcast.train.round.ShardResult;
import io.longcast.train.round.ShardTask;
import io.longcast.window.WindowBatch;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What a shard of windows does in the three jobs of the trainer: present itself, train, validate.
 *
 * @param opener of partitions
 * @param factory of replicas
 * @param probe of the executor's numerics
 * @param <B> what partitions hold
 */
record WindowTasks<B>(ShardOpener<B> opener, TrainableFactory factory, NumericsProbe probe)
    implements java.io.Serializable {

  /** A replica with the batches it works on. */
  private static final class Replica implements AutoCloseable {
    private final Trainable trainable;
    private final String numerics;
    private WindowBatch batch;

    Replica(Trainable trainable, String numerics) {
      this.trainable = trainable;
      this.numerics = numerics;
    }

    WindowBatch batch(ShardData data, int capacity) {
      if (batch == null || batch.capacity() != capacity) {
        batch = data.newBatch(capacity);
      }
      return batch;
    }

    @Override
    public void close() {
      trainable.close();
    }
  }

  /**
   * What a shard reports before round 1.
   *
   * @param windows training windows
   * @param fingerprint of its data
   * @param parameters of the network
   * @param updaterState of the network
   * @param numerics of the executor
   * @param executor which one
   */
  record Presence(
      long windows,
      long fingerprint,
      int parameters,
      int updaterState,
      String numerics,
      String executor) {}

  byte[] present(ShardTask.Call call, Iterator<B> partition) {
    return with(
        call,
        partition,
        (slot, data) -> {
          Trainable trainable = replica(slot).trainable;
          String text = slot.name() + "\n" + replica(slot).numerics;
          byte[] utf = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
          return ByteBuffer.allocate(24 + utf.length)
              .putLong(data.windows())
              .putLong(data.fingerprint())
              .putInt(trainable.parameterCount())
              .putInt(trainable.updaterStateCount())
              .put(utf)
              .array();
        });
  }

  static Presence presence(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long windows = in.getLong();
    long fingerprint = in.getLong();
    int parameters = in.getInt();
    int updater = in.getInt();
    String text = new String(bytes, 24, bytes.length - 24, java.nio.charset.StandardCharsets.UTF_8);
    String[] parts = text.split("\n", 2);
    String executor = parts[0].substring(0, parts[0].lastIndexOf('/'));
    return new Presence(windows, fingerprint, parameters, updater, parts[1], executor);
  }

  byte[] train(ShardTask.Call call, Iterator<B> partition) {
    RoundInput input = RoundInput.fromBytes(call.input(), call.shard());
    return with(call, partition, (slot, data) -> train(call, input, slot, data).toBytes());
  }

  private ShardResult train(
      ShardTask.Call call, RoundInput input, RunScope.Slot slot, ShardData data) {
    ShardLoop loop = new ShardLoop(input, call.shard());
    long begin = System.nanoTime();
    Trainable replica = replica(slot).trainable;
    if (data.windows() > 0) {
      replica.load(input.parameters(), input.updaterOf(call.shard()));
      loop.run(replica, data, replica(slot).batch(data, input.batchSize()));
    }
    boolean counts = data.windows() > 0 && loop.fault().isEmpty();
    float[] parameters = new float[counts ? replica.parameterCount() : 0];
    float[] updater = new float[counts ? replica.updaterStateCount() : 0];
    if (counts) {
      replica.store(parameters, updater);
    }
    RoundStats stats =
        loop.stats(
            System.nanoTime() - begin, call.fetchNanos(), slot.name(), replica(slot).numerics);
    return new ShardResult(call.shard(), stats, parameters, updater, fault(loop, parameters));
  }

  private static Optional<Fault> fault(ShardLoop loop, float[] parameters) {
    if (loop.fault().isEmpty() && !Floats.allFinite(parameters)) {
      return Optional.of(loop.parameterFault());
    }
    return loop.fault();
  }

  byte[] validate(ShardTask.Call call, Iterator<B> partition) {
    RoundInput input = RoundInput.fromBytes(call.input(), call.shard());
    return with(
        call,
        partition,
        (slot, data) -> {
          Trainable replica = replica(slot).trainable;
          replica.load(input.parameters(), null);
          LossSum[] sum = {new LossSum(0, 0)};
          data.validation(
              replica(slot).batch(data, input.batchSize()),
              batch -> sum[0] = sum[0].plus(replica.loss(batch)));
          return ByteBuffer.allocate(16).putDouble(sum[0].sum()).putDouble(sum[0].weight()).array();
        });
  }

  static LossSum lossSum(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new LossSum(in.getDouble(), in.getDouble());
  }

  private static Replica replica(RunScope.Slot slot) {
    return (Replica) slot.replica();
  }

  /** Borrows a replica and the shard's windows; after a failure neither is used again. */
  private byte[] with(
      ShardTask.Call call,
      Iterator<B> partition,
      BiFunction<RunScope.Slot, ShardData, byte[]> work) {
    RunScope scope = call.scope();
    RunScope.Slot slot = scope.borrow(() -> new Replica(factory.open(), probe.report()));
    boolean done = false;
    try {
      ShardData data =
          scope.take(call.shard(), ShardData.class, () -> opener.open(call.shard(), partition));
      byte[] result = work.apply(slot, data);
      scope.giveBack(call.shard(), data);
      done = true;
      return result;
    } finally {
      if (done) {
        scope.giveBack(slot);
      } else {
        slot.close();
      }
    }
  }
}
