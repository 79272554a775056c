package io.longcast.logs.line;

import java.util.Comparator;

/** Texts in order, numbers in them by their value: {@code part-2} before {@code part-10}. */
enum NaturalOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int iEnd = RotatedName.digitsEnd(a, i);
      int jEnd = RotatedName.digitsEnd(b, j);
      int order =
          iEnd > i && jEnd > j
              ? numbers(a.substring(i, iEnd), b.substring(j, jEnd))
              : Character.compare(a.charAt(i), b.charAt(j));
      if (order != 0) {
        return order;
      }
      i = Math.max(iEnd, i + 1);
      j = Math.max(jEnd, j + 1);
    }
    int rest = Integer.compare(a.length() - i, b.length() - j);
    return rest != 0 ? rest : a.compareTo(b);
  }

  private static int numbers(String a, String b) {
    String left = a.replaceFirst("^0+(?=.)", "");
    String right = b.replaceFirst("^0+(?=.)", "");
    int byLength = Integer.compare(left.length(), right.length());
    return byLength != 0 ? byLength : left.compareTo(right);
  }
}
