package io.longcast.train.round;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the steps of a shard saw in one round.
 *
 * @param windows trained on
 * @param steps made
 * @param lossSum loss times windows
 * @param normSum of the gradient norms
 * @param maxNorm largest of them
 * @param clipped steps whose gradient was clipped
 * @param computeNanos time of the steps
 * @param fetchNanos time to read the broadcast, if there was one
 * @param slot executor and replica the shard ran on
 * @param numerics of that executor
 * @param layers gradients by layer, in the order of the parameters
 * @param timeStepNormSums gradient norms at the inputs of each time step, summed over the steps;
 *     empty unless requested
 * @param more whether the shard has data for another round
 */
public record RoundStats(
    long windows,
    int steps,
    double lossSum,
    double normSum,
    double maxNorm,
    int clipped,
    long computeNanos,
    long fetchNanos,
    String slot,
    String numerics,
    List<LayerStats> layers,
    List<Double> timeStepNormSums,
    boolean more) {

  public RoundStats {
    layers = List.copyOf(layers);
    timeStepNormSums = List.copyOf(timeStepNormSums);
  }

  /** Of a shard without work in this round. */
  public static RoundStats none(long fetchNanos) {
    return new RoundStats(0, 0, 0, 0, 0, 0, 0, fetchNanos, "", "", List.of(), List.of(), false);
  }

  public void write(DataOutputStream out) throws IOException {
    out.writeLong(windows);
    out.writeInt(steps);
    out.writeDouble(lossSum);
    out.writeDouble(normSum);
    out.writeDouble(maxNorm);
    out.writeInt(clipped);
    out.writeLong(computeNanos);
    out.writeLong(fetchNanos);
    out.writeUTF(slot);
    out.writeUTF(numerics);
    out.writeInt(layers.size());
    for (LayerStats layer : layers) {
      layer.write(out);
    }
    out.writeInt(timeStepNormSums.size());
    for (double sum : timeStepNormSums) {
      out.writeDouble(sum);
    }
    out.writeBoolean(more);
  }

  public static RoundStats read(DataInputStream in) throws IOException {
    return new RoundStats(
        in.readLong(),
        in.readInt(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readUTF(),
        in.readUTF(),
        readLayers(in),
        readSums(in),
        in.readBoolean());
  }

  private static List<Double> readSums(DataInputStream in) throws IOException {
    List<Double> sums = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      sums.add(in.readDouble());
    }
    return sums;
  }

  private static List<LayerStats> readLayers(DataInputStream in) throws IOException {
    List<LayerStats> layers = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      layers.add(LayerStats.read(in));
    }
    return layers;
  }
}
