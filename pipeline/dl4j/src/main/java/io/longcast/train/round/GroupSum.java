package io.longcast.train.round;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The results of up to {@link #SIZE} neighbouring shards, added up in shard order. Groups are fixed
 * by the shard numbers, so that it makes no difference to a bit where a group is added up.
 *
 * @param results of the group's shards in order, without their vectors
 * @param weight windows summed over
 * @param parameters sums, empty where no shard counts
 * @param updater sums, empty as well
 */
public record GroupSum(
    List<ShardResult> results, double weight, double[] parameters, double[] updater) {

  /** Shards a group. */
  public static final int SIZE = 32;

  public static int groupOf(int shard) {
    return shard / SIZE;
  }

  /** Adds up one group in shard order, whatever the order of the list. */
  public static GroupSum of(List<ShardResult> shards) {
    List<ShardResult> ordered = new ArrayList<>(shards);
    ordered.sort(Comparator.comparingInt(ShardResult::shard));
    WeightedSum parameters = new WeightedSum();
    WeightedSum updater = new WeightedSum();
    for (ShardResult result : ordered) {
      if (result.counts()) {
        parameters.add(result.parameters(), result.stats().windows());
        updater.add(result.updater(), result.stats().windows());
      }
    }
    List<ShardResult> light = ordered.stream().map(ShardResult::withoutVectors).toList();
    return parameters.isEmpty()
        ? new GroupSum(light, 0, new double[0], new double[0])
        : new GroupSum(light, parameters.weight(), parameters.sums(), updater.sums());
  }

  public byte[] toBytes() {
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(8 * (parameters.length + updater.length) + 1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(results.size());
      for (ShardResult result : results) {
        byte[] one = result.toBytes();
        out.writeInt(one.length);
        out.write(one);
      }
      out.writeDouble(weight);
      Wire.writeDoubles(out, parameters);
      Wire.writeDoubles(out, updater);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static GroupSum fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      List<ShardResult> results = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        byte[] one = new byte[in.readInt()];
        in.readFully(one);
        results.add(ShardResult.fromBytes(one));
      }
      return new GroupSum(results, in.readDouble(), Wire.readDoubles(in), Wire.readDoubles(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
