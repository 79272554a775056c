package io.longcast.model.zero;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** IEEE 754 half precision, little-endian, rounded to nearest even. */
final class HalfFloats {
  private static final int MANTISSA_SHIFT = 13;
  private static final int LEAST_EXPONENT = -24;

  private HalfFloats() {}

  static byte[] encode(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(toHalf(value));
    }
    return bytes.array();
  }

  static float[] decode(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.length / 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = toFloat(from.getShort());
    }
    return values;
  }

  static short toHalf(float value) {
    if (!Float.isFinite(value) || Math.abs(value) >= 65520f) {
      throw new IllegalArgumentException(
          "half precision holds finite numbers below 65520, found " + value);
    }
    int bits = Float.floatToIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int exponent = (bits >>> 23 & 0xFF) - 127;
    if (exponent < -14) {
      return (short) (sign | (int) Math.rint(Math.scalb(Math.abs((double) value), 24)));
    }
    int rest = bits & 0x7FFFFF | (exponent + 15) << 23;
    int half = rest >>> MANTISSA_SHIFT;
    int left = rest & (1 << MANTISSA_SHIFT) - 1;
    int middle = 1 << MANTISSA_SHIFT - 1;
    half += left > middle || left == middle && (half & 1) == 1 ? 1 : 0;
    return (short) (sign | half);
  }

  static float toFloat(short half) {
    int exponent = half >>> 10 & 0x1F;
    int mantissa = half & 0x3FF;
    float sign = half < 0 ? -1 : 1;
    return exponent == 0
        ? sign * Math.scalb((float) mantissa, LEAST_EXPONENT)
        : sign * Math.scalb((float) (mantissa | 0x400), exponent - 25);
  }
}
