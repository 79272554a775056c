package io.longcast.train;

import io.longcast.model.Trainable;
import io.longcast.train.round.LayerStats;
import java.util.ArrayList;
import java.util.List;

/** Gradient norms by layer over the steps of one shard in one round. */
final class LayerSums {
  private final Trainable replica;
  private final List<String> names;
  private final double[] norms;
  private final double[] sums;
  private final double[] most;
  private final int[] clipped;

  LayerSums(Trainable replica) {
    this.replica = replica;
    names = replica.layers();
    norms = new double[names.size()];
    sums = new double[norms.length];
    most = new double[norms.length];
    clipped = new int[norms.length];
  }

  /** Adds the replica's last step. */
  void add(boolean wasClipped) {
    replica.layerNorms(norms);
    for (int l = 0; l < norms.length; l++) {
      sums[l] += norms[l];
      most[l] = Math.max(most[l], norms[l]);
    }
    if (wasClipped && norms.length > 0) {
      clipped[longest()]++;
    }
  }

  /** Where the gradient of the replica's last step is not finite, or else longest; as text. */
  String culprit() {
    if (norms.length == 0) {
      return "";
    }
    replica.layerNorms(norms);
    int l = longest();
    return Double.isFinite(norms[l])
        ? ", longest in layer " + names.get(l) + " (" + norms[l] + ")"
        : ", not finite in layer " + names.get(l);
  }

  private int longest() {
    int longest = 0;
    for (int l = 0; l < norms.length; l++) {
      if (!Double.isFinite(norms[l])) {
        return l;
      }
      longest = norms[l] > norms[longest] ? l : longest;
    }
    return longest;
  }

  List<LayerStats> stats() {
    List<LayerStats> stats = new ArrayList<>();
    for (int l = 0; l < norms.length; l++) {
      stats.add(new LayerStats(names.get(l), sums[l], most[l], clipped[l]));
    }
    return stats;
  }
}
