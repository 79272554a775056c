package io.longcast.model.zero.season;

/**
 * The seasons of a series.
 *
 * @param first steps of the shortest, 0 for none
 * @param second steps of a longer one, 0 for none
 */
public record Seasons(int first, int second) {
  /** No season. */
  public static final Seasons NONE = new Seasons(0, 0);

  public Seasons {
    if (first < 0 || second < 0 || second > 0 && second <= first) {
      throw new IllegalArgumentException(
          "a second season must be longer than the first, found " + first + " and " + second);
    }
  }
}
