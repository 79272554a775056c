package io.longcast.train.round;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The gradients of one layer over the steps of a shard in one round.
 *
 * @param name of the layer
 * @param normSum of its gradient norms before clipping
 * @param maxNorm largest of them
 * @param clipped steps that were clipped and whose gradient was longest in this layer
 */
public record LayerStats(String name, double normSum, double maxNorm, int clipped) {

  /** Of both. */
  public LayerStats plus(LayerStats other) {
    return new LayerStats(
        name, normSum + other.normSum, Math.max(maxNorm, other.maxNorm), clipped + other.clipped);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(name);
    out.writeDouble(normSum);
    out.writeDouble(maxNorm);
    out.writeInt(clipped);
  }

  static LayerStats read(DataInputStream in) throws IOException {
    return new LayerStats(in.readUTF(), in.readDouble(), in.readDouble(), in.readInt());
  }
}
