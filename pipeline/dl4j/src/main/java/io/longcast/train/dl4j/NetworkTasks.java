package io.longcast.train.dl4j;

import io.longcast.train.round.RoundInput;
import io.longcast.train.round.RoundStats;
import io.longcast.train.round.RunScope;
import io.longcast.train.round.Seeds;
import io.longcast.train.round.ShardResult;
import io.longcast.train.round.ShardTask;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a shard of minibatches does: train those of a round, and tell first, where that matters, how
 * many lack labels.
 *
 * @param worker opens networks
 */
record NetworkTasks(OrderedAveragingWorker worker) implements Serializable {

  /** Minibatches without a label at each step. */
  byte[] countUnlabelled(ShardTask.Call call, Iterator<PackedExamples> partition) {
    int unlabelled = 0;
    while (partition.hasNext()) {
      unlabelled += partition.next().labelsEachStep() ? 0 : 1;
    }
    return ByteBuffer.allocate(4).putInt(unlabelled).array();
  }

  byte[] train(ShardTask.Call call, Iterator<PackedExamples> partition) {
    RoundInput input = RoundInput.fromBytes(call.input(), call.shard());
    for (long skip = input.firstStep(); skip > 0 && partition.hasNext(); skip--) {
      partition.next();
    }
    if (!partition.hasNext()) {
      return result(call, new float[0], new float[0], RoundStats.none(call.fetchNanos()));
    }
    RunScope.Slot slot = call.scope().borrow(worker::open);
    boolean done = false;
    try {
      byte[] result = train(call, input, partition, slot);
      done = true;
      return result;
    } finally {
      if (done) {
        call.scope().giveBack(slot);
      } else {
        slot.close();
      }
    }
  }

  private static byte[] train(
      ShardTask.Call call,
      RoundInput input,
      Iterator<PackedExamples> partition,
      RunScope.Slot slot) {
    long begin = System.nanoTime();
    SlotNetwork network = (SlotNetwork) slot.replica();
    network.load(input.parameters(), input.updaterOf(call.shard()));
    network.iteration((int) input.iteration());
    Nd4j.getRandom().setSeed(Seeds.dropout(input.seed(), call.shard(), input.firstStep()));
    long examples = 0;
    int steps = 0;
    double loss = 0;
    for (; steps < input.steps() && partition.hasNext(); steps++) {
      PackedExamples minibatch = partition.next();
      network.fit(minibatch);
      examples += minibatch.examples();
      loss += network.score() * minibatch.examples();
    }
    float[] parameters = network.parameters();
    float[] updater = network.updater();
    long nanos = System.nanoTime() - begin;
    RoundStats stats =
        new RoundStats(
            examples,
            steps,
            loss,
            0,
            0,
            0,
            nanos,
            call.fetchNanos(),
            slot.name(),
            network.numerics(),
            List.of(),
            List.of(),
            partition.hasNext());
    return result(call, parameters, updater, stats);
  }

  private static byte[] result(
      ShardTask.Call call, float[] parameters, float[] updater, RoundStats stats) {
    return new ShardResult(call.shard(), stats, parameters, updater, Optional.empty()).toBytes();
  }
}
