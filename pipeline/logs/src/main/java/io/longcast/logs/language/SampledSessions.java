package io.longcast.logs.language;

import io.longcast.logs.sequence.SessionSet;
import io.longcast.window.WindowBatch;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws minibatches of distinct sessions, each with a weight of the square root of its count: what
 * is frequent is seen more often, what is rare still enough.
 */
public final class SampledSessions {
  private final List<int[]> sessions;
  private final double[] cumulative;
  private final long seed;

  public SampledSessions(SessionSet set, long seed) {
    this.sessions = set.sequences();
    this.seed = seed;
    cumulative = new double[sessions.size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += Math.sqrt(set.counts()[i]);
      cumulative[i] = sum;
    }
  }

  /** A batch that sessions of up to {@code longest} keys fit into. */
  public WindowBatch newBatch(int capacity, int longest) {
    return SessionBatches.create(capacity, longest);
  }

  /** Clears the batch and fills it with the sessions of minibatch {@code step}. */
  public void fill(WindowBatch batch, long step) {
    batch.clear();
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + step);
    while (batch.size() < batch.capacity()) {
      double at = random.nextDouble() * cumulative[cumulative.length - 1];
      int found = Arrays.binarySearch(cumulative, at);
      int index = found >= 0 ? found + 1 : -found - 1;
      SessionBatches.add(batch, sessions.get(Math.min(index, sessions.size() - 1)));
    }
  }
}
