package io.longcast.train.round;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the driver sends to every shard at the start of a round, as bytes that need no serializer.
 *
 * @param parameters to start from
 * @param updaters updater states to start from: none (start from zero), one for all, or one a shard
 * @param firstStep updates of each shard before this round
 * @param iteration updates the updater's state has behind it
 * @param rates learning rate of each step of the round
 * @param clipShare share of the model's own gradient norm to cut to
 * @param batchSize windows of a minibatch
 * @param seed of the run
 * @param maxLoss a step beyond this loss has failed; infinite: no limit
 * @param maxGradientNorm a step beyond this norm has failed
 * @param outlierFactor ratio beyond which a window counts as outlier
 * @param timeStepNorms whether gradient norms by time step are wanted
 * @param skipped windows that are left out, by name
 */
public record RoundInput(
    float[] parameters,
    List<float[]> updaters,
    long firstStep,
    long iteration,
    double[] rates,
    double clipShare,
    int batchSize,
    long seed,
    double maxLoss,
    double maxGradientNorm,
    double outlierFactor,
    boolean timeStepNorms,
    Set<String> skipped) {

  public int steps() {
    return rates.length;
  }

  /** The updater state of one shard, null for a state of zeros. */
  public float[] updaterOf(int shard) {
    if (updaters.isEmpty()) {
      return null;
    }
    return updaters.get(updaters.size() == 1 ? 0 : shard);
  }

  /** The same with other parameters, and no updater states. */
  public RoundInput withParameters(float[] other) {
    return new RoundInput(
        other,
        List.of(),
        firstStep,
        iteration,
        rates,
        clipShare,
        batchSize,
        seed,
        maxLoss,
        maxGradientNorm,
        outlierFactor,
        timeStepNorms,
        skipped);
  }

  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4 * parameters.length + 256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      Wire.writeFloats(out, parameters);
      out.writeInt(updaters.size());
      for (float[] updater : updaters) {
        Wire.writeFloats(out, updater);
      }
      out.writeLong(firstStep);
      out.writeLong(iteration);
      out.writeInt(rates.length);
      for (double rate : rates) {
        out.writeDouble(rate);
      }
      out.writeDouble(clipShare);
      out.writeInt(batchSize);
      out.writeLong(seed);
      out.writeDouble(maxLoss);
      out.writeDouble(maxGradientNorm);
      out.writeDouble(outlierFactor);
      out.writeBoolean(timeStepNorms);
      out.writeInt(skipped.size());
      for (String window : skipped) {
        out.writeUTF(window);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Reads what one shard needs; the updater states of other shards are passed over. */
  public static RoundInput fromBytes(byte[] bytes, int shard) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      float[] parameters = Wire.readFloats(in);
      List<float[]> updaters = readUpdater(in, shard);
      long firstStep = in.readLong();
      long iteration = in.readLong();
      double[] rates = new double[in.readInt()];
      for (int i = 0; i < rates.length; i++) {
        rates[i] = in.readDouble();
      }
      double clipShare = in.readDouble();
      int batchSize = in.readInt();
      long seed = in.readLong();
      double maxLoss = in.readDouble();
      double maxGradientNorm = in.readDouble();
      double outlierFactor = in.readDouble();
      boolean timeStepNorms = in.readBoolean();
      Set<String> skipped = new TreeSet<>();
      for (int left = in.readInt(); left > 0; left--) {
        skipped.add(in.readUTF());
      }
      return new RoundInput(
          parameters,
          updaters,
          firstStep,
          iteration,
          rates,
          clipShare,
          batchSize,
          seed,
          maxLoss,
          maxGradientNorm,
          outlierFactor,
          timeStepNorms,
          skipped);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<float[]> readUpdater(DataInputStream in, int shard) throws IOException {
    int count = in.readInt();
    float[] own = null;
    for (int i = 0; i < count; i++) {
      if (count == 1 || i == shard) {
        own = Wire.readFloats(in);
      } else {
        in.skipNBytes(4L * in.readInt());
      }
    }
    return own == null ? List.of() : List.of(own);
  }
}
