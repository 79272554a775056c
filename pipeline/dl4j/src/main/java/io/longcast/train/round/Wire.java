package io.longcast.train.round;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Vectors on data streams: a length, then little-endian floats. */
public final class Wire {
  private Wire() {}

  public static void writeFloats(DataOutputStream out, float[] values) throws IOException {
    out.writeInt(values.length);
    out.write(Floats.toBytes(values));
  }

  public static float[] readFloats(DataInputStream in) throws IOException {
    byte[] bytes = new byte[4 * in.readInt()];
    in.readFully(bytes);
    return Floats.fromBytes(bytes);
  }

  public static void writeDoubles(DataOutputStream out, double[] values) throws IOException {
    out.writeInt(values.length);
    java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(8 * values.length);
    bytes.asDoubleBuffer().put(values);
    out.write(bytes.array());
  }

  public static double[] readDoubles(DataInputStream in) throws IOException {
    byte[] bytes = new byte[8 * in.readInt()];
    in.readFully(bytes);
    double[] values = new double[bytes.length / 8];
    java.nio.ByteBuffer.wrap(bytes).asDoubleBuffer().get(values);
    return values;
  }
}
