package io.longcast.reconcile;

import io.longcast.clean.CategoryCodes;
import io.longcast.series.SeriesLayout;
import io.longcast.settings.SettingException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Groups of series by their static columns, one group of each level for every series.
 *
 * @param levels in the order of the settings
 */
record Hierarchy(List<Level> levels) implements Serializable {
  /** Before the id of a group, so that it is no id of a series. */
  private static final String PREFIX = "group:";

  private static final String TOTAL = "total";
  private static final String UNSEEN = "(other)";

  Hierarchy {
    levels = List.copyOf(levels);
  }

  /**
   * Groups by the values of some columns; by none for the total.
   *
   * @param names of the columns, escaped
   * @param places of the columns among the static ones
   * @param categories of each column by code, from 1, escaped
   */
  record Level(List<String> names, List<Integer> places, List<List<String>> categories)
      implements Serializable {

    private String id(int[] statics) {
      List<String> parts = new ArrayList<>();
      for (int k = 0; k < names.size(); k++) {
        int code = statics[places.get(k)];
        String value = code == 0 ? UNSEEN : categories.get(k).get(code - 1);
        parts.add(names.get(k) + "=" + value);
      }
      return PREFIX + (parts.isEmpty() ? TOTAL : String.join(",", parts));
    }
  }

  /**
   * The groups that settings ask for.
   *
   * @throws SettingException if a column is not a static one of the model
   */
  static Hierarchy of(List<List<String>> levels, SeriesLayout layout, CategoryCodes codes) {
    List<Level> found = new ArrayList<>();
    for (List<String> names : levels) {
      List<Integer> places = new ArrayList<>();
      List<List<String>> categories = new ArrayList<>();
      for (String name : names) {
        int place = layout.staticCovariates().indexOf(name);
        if (place < 0) {
          throw new SettingException(
              List.of("forecast.reconcile.levels", "source.staticCovariates"),
              "groups are made of static covariates that the model knows, "
                  + layout.staticCovariates()
                  + ", found "
                  + name);
        }
        places.add(place);
        categories.add(codes.categories().get(place).stream().map(Hierarchy::escaped).toList());
      }
      List<String> escaped = names.stream().map(Hierarchy::escaped).toList();
      found.add(new Level(escaped, List.copyOf(places), List.copyOf(categories)));
    }
    return new Hierarchy(found);
  }

  /** So that different groups never have one id: a backslash before its signs in a text. */
  private static String escaped(String text) {
    return text.replaceAll("([\\\\,=]|^\\()", "\\\\$1");
  }

  /** Whether an id is that of a group. */
  static boolean isGroup(String id) {
    return id.startsWith(PREFIX);
  }

  /** Ids of the groups of a series, one a level. */
  List<String> groups(int[] statics) {
    return levels.stream().map(level -> level.id(statics)).toList();
  }
}
