package io.longcast.clean;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Integer codes of static categories: for each static column its categories in ascending order,
 * coded from 1; code 0 is an unseen category or null. Part of what training learns, so that
 * forecasting uses the same codes.
 *
 * @param categories for each static column, in layout order, its categories ascending
 */
public record CategoryCodes(List<List<String>> categories) implements Serializable {

  public CategoryCodes {
    List<List<String>> copy = new ArrayList<>();
    for (List<String> names : categories) {
      String[] sorted = names.stream().distinct().toArray(String[]::new);
      Arrays.sort(sorted);
      copy.add(List.of(sorted));
    }
    categories = List.copyOf(copy);
  }

  /** Codes for a layout without static columns. */
  public static CategoryCodes none() {
    return new CategoryCodes(List.of());
  }

  /** The code of a category; 0 for null and for one never seen. */
  public int code(int column, String category) {
    if (category == null) {
      return 0;
    }
    int at = Collections.binarySearch(categories.get(column), category);
    return at < 0 ? 0 : at + 1;
  }

  /** Number of codes of a column, 0 included. */
  public int codes(int column) {
    return categories.get(column).size() + 1;
  }
}
