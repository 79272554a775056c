package io.longcast.train.round;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one shard sends back from a round, as bytes that need no serializer.
 *
 * @param shard which
 * @param stats of its steps
 * @param parameters after its last step; empty where it has no windows or failed
 * @param updater state after its last step; empty as well
 * @param fault the step that failed, if one did
 */
public record ShardResult(
    int shard, RoundStats stats, float[] parameters, float[] updater, Optional<Fault> fault) {

  /** Whether the shard has something to average. */
  public boolean counts() {
    return stats.windows() > 0 && fault.isEmpty();
  }

  public byte[] toBytes() {
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(4 * (parameters.length + updater.length) + 256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(shard);
      stats.write(out);
      Wire.writeFloats(out, parameters);
      Wire.writeFloats(out, updater);
      out.writeBoolean(fault.isPresent());
      if (fault.isPresent()) {
        write(out, fault.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static ShardResult fromBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return new ShardResult(
          in.readInt(),
          RoundStats.read(in),
          Wire.readFloats(in),
          Wire.readFloats(in),
          in.readBoolean() ? Optional.of(readFault(in)) : Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same without its vectors. */
  public ShardResult withoutVectors() {
    return new ShardResult(shard, stats, new float[0], new float[0], fault);
  }

  private static void write(DataOutputStream out, Fault fault) throws IOException {
    out.writeInt(fault.shard());
    out.writeLong(fault.step());
    out.writeUTF(fault.kind().name());
    out.writeDouble(fault.value());
    out.writeDouble(fault.limit());
    out.writeUTF(fault.detail());
    out.writeInt(fault.outlierWindows().size());
    for (Fault.OutlierWindow outlier : fault.outlierWindows()) {
      out.writeUTF(outlier.name());
      out.writeUTF(outlier.reason());
    }
  }

  private static Fault readFault(DataInputStream in) throws IOException {
    int shard = in.readInt();
    long step = in.readLong();
    Fault.Kind kind = Fault.Kind.valueOf(in.readUTF());
    double value = in.readDouble();
    double limit = in.readDouble();
    String detail = in.readUTF();
    List<Fault.OutlierWindow> outliers = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      outliers.add(new Fault.OutlierWindow(in.readUTF(), in.readUTF()));
    }
    return new Fault(shard, step, kind, value, limit, detail, outliers);
  }
}
