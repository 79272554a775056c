package io.longcast.report.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * Numbers in 16 bits each, for charts: value = min + code * step; the code {@value #MISSING} stands
 * for a missing number. Rounding is at most half a step, a 130,000th of the range.
 *
 * @param min lowest value; 0 where all are missing
 * @param step distance of two codes
 * @param codes unsigned 16-bit integers, little endian, in base64
 */
public record Packed(double min, double step, String codes) {
  static final int MISSING = 0xFFFF;
  private static final int LEVELS = 0xFFFE;

  /** Packs values; NaN is missing. */
  static Packed of(double[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isFinite(value)) {
        min = Math.min(min, value);
        max = Math.max(max, value);
      }
    }
    // Halves, because the difference of two large numbers may overflow.
    double step = max > min ? 2 * ((max / 2 - min / 2) / LEVELS) : 0;
    ByteBuffer codes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      long code = step == 0 ? 0 : Math.round(value / step - min / step);
      codes.putShort((short) (Double.isFinite(value) ? Math.min(LEVELS, code) : MISSING));
    }
    return new Packed(
        min <= max ? min : 0, step, Base64.getEncoder().encodeToString(codes.array()));
  }
}
