package io.longcast.logs.flow;

import io.longcast.logs.language.SampledSessions;
import io.longcast.logs.sequence.SessionSet;
import io.longcast.train.ShardData;
import io.longcast.train.ShardOpener;
import io.longcast.window.WindowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Normal sessions as the trainer's shards: the distinct ones assigned in their order, one set a
 * partition.
 *
 * @param seed of the order in which they are drawn
 * @param longest keys of a session in any shard: batches go from one to the other
 */
record SessionShards(long seed, int longest) implements ShardOpener<SessionSet> {

  /** An opener of the shards of all sessions. */
  static SessionShards of(SessionSet all, long seed) {
    return new SessionShards(seed, all.longest());
  }

  /** One set a shard. With fewer sessions than shards some stand in several. */
  static List<SessionSet> deal(SessionSet normal, int shards) {
    int distinct = normal.counts().length;
    int hands = Math.min(shards, distinct);
    List<SessionSet> dealt = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      List<int[]> sequences = new ArrayList<>();
      List<Long> counts = new ArrayList<>();
      for (int i = shard % hands; i < distinct; i += hands) {
        sequences.add(normal.sequences().get(i));
        counts.add(normal.counts()[i]);
      }
      dealt.add(
          new SessionSet(
              sequences, counts.stream().mapToLong(Long::longValue).toArray(), normal.keys()));
    }
    return dealt;
  }

  @Override
  public ShardData open(int shard, Iterator<SessionSet> partition) {
    SessionSet sessions = partition.next();
    return new Opened(sessions, new SampledSessions(sessions, seed * 31 + shard), longest);
  }

  private record Opened(SessionSet set, SampledSessions sampled, int longest) implements ShardData {
    @Override
    public long windows() {
      return set.counts().length;
    }

    @Override
    public WindowBatch newBatch(int capacity) {
      return sampled.newBatch(capacity, longest);
    }

    @Override
    public void fill(WindowBatch batch, long step) {
      sampled.fill(batch, step);
    }

    @Override
    public void validation(WindowBatch batch, Consumer<WindowBatch> each) {
      // Sessions are held out by the caller: see RankFit.
    }

    @Override
    public long fingerprint() {
      long print = set.keys();
      for (int i = 0; i < set.counts().length; i++) {
        print = 31 * (31 * print + set.counts()[i]) + Arrays.hashCode(set.sequences().get(i));
      }
      return print;
    }
  }
}
