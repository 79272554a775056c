package io.longcast.window;

/**
 * Evenly spaced origins of one segment: {@code from, from + step, ...} below {@code to}.
 *
 * @param from the first origin, as a step of the segment
 * @param to end, exclusive
 * @param step distance between neighbours, at least 1
 */
public record Origins(int from, int to, int step) {

  /** No origins. */
  public static final Origins NONE = new Origins(0, 0, 1);

  public Origins {
    if (step < 1) {
      throw new IllegalArgumentException("the step of origins must be >= 1, found " + step);
    }
  }

  /** How many there are. */
  public int count() {
    return to <= from ? 0 : (to - from + step - 1) / step;
  }

  /** Origin number {@code i} from 0. */
  public int at(int i) {
    return from + i * step;
  }

  /** Those below a step. */
  Origins before(long end) {
    return new Origins(from, (int) Math.min(to, Math.max(from, end)), step);
  }

  /** Those from an origin on. */
  Origins from(long origin) {
    int skipped = origin <= from ? 0 : (int) Math.min(count(), (origin - from + step - 1) / step);
    return new Origins(from + skipped * step, to, step);
  }

  /** True if there is none. */
  public boolean isEmpty() {
    return to <= from;
  }
}
