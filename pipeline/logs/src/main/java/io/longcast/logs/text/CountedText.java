package io.longcast.logs.text;

/** A text whose reads are counted and limited. */
final class CountedText implements CharSequence {
  private final String text;
  private final long limit;
  private long reads;

  CountedText(String text, long limit) {
    this.text = text;
    this.limit = limit;
  }

  long reads() {
    return reads;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    if (++reads > limit) {
      throw new WorkLimitException(limit);
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int from, int to) {
    return text.substring(from, to);
  }

  @Override
  public String toString() {
    return text;
  }
}
