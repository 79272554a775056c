package io.longcast.forecast;

import io.longcast.window.Split;
import io.longcast.window.SplitSpec;
import io.longcast.window.WindowBatch;
import io.longcast.window.WindowSpec;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Kinds of windows that are calibrated and scored separately, because less is known about them. */
public enum WindowStratum {
  /** No training window is from the series: it is known by its context and categories alone. */
  UNSEEN,
  /** The series begins inside the context: padding on the left, masked. */
  SHORT,
  /** The observed context never changes: the forecast repeats it. */
  CONSTANT,
  /** Some of the context was not observed: filled, and marked as such for the network. */
  GAPS,
  /** The halves of the context lie further apart than twice the wider one's deviation. */
  LEVEL_SHIFT,
  /** None of the others. */
  REGULAR;

  private static final double SHIFT = 2;

  /** Its name in tables, such as {@code level-shift}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The groups of window {@code i}, at least one. */
  public static Set<WindowStratum> of(WindowBatch windows, int i, SplitSpec split) {
    EnumSet<WindowStratum> groups = ofContext(windows, i);
    add(groups, UNSEEN, !trained(windows, i, split));
    add(groups, REGULAR, groups.isEmpty());
    return groups;
  }

  /** The first of the groups of window {@code i} that follow from its context. */
  static WindowStratum first(WindowBatch windows, int i) {
    EnumSet<WindowStratum> groups = ofContext(windows, i);
    return groups.isEmpty() ? REGULAR : groups.iterator().next();
  }

  private static EnumSet<WindowStratum> ofContext(WindowBatch windows, int i) {
    EnumSet<WindowStratum> groups = EnumSet.noneOf(WindowStratum.class);
    Range whole = new Range(windows, i, windows.padding(i), windows.contextLength());
    int middle = (windows.padding(i) + windows.contextLength()) / 2;
    Range older = new Range(windows, i, windows.padding(i), middle);
    Range newer = new Range(windows, i, middle, windows.contextLength());
    add(groups, SHORT, windows.padding(i) > 0);
    add(groups, CONSTANT, whole.least == whole.most);
    add(groups, GAPS, whole.count < windows.contextLength() - windows.padding(i));
    double apart = Math.abs(newer.mean() - older.mean());
    double wider = Math.max(newer.deviation(), older.deviation());
    add(groups, LEVEL_SHIFT, older.count > 1 && newer.count > 1 && apart > SHIFT * wider);
    return groups;
  }

  private static void add(Set<WindowStratum> to, WindowStratum group, boolean holds) {
    if (holds) {
      to.add(group);
    }
  }

  /** Whether any training window of a split comes from the series of window {@code i}. */
  private static boolean trained(WindowBatch windows, int i, SplitSpec split) {
    WindowSpec window = new WindowSpec(windows.contextLength(), windows.horizon(), 1);
    return split.windows(window, windows.segment(i).seriesLength(), Split.TRAIN) > 0;
  }

  /** Statistics of the observed values in a range of a context. */
  private static final class Range {
    private final double offset;
    private int count;
    private double sum;
    private double squares;
    private float least = Float.POSITIVE_INFINITY;
    private float most = Float.NEGATIVE_INFINITY;

    Range(WindowBatch windows, int i, int from, int to) {
      double first = 0;
      for (int j = from; j < to; j++) {
        int at = i * windows.contextLength() + j;
        if (windows.contextObserved()[at] != 0) {
          float x = windows.context()[at];
          first = count == 0 ? x : first;
          count++;
          sum += x - first;
          squares += (x - first) * (x - first);
          least = Math.min(least, x);
          most = Math.max(most, x);
        }
      }
      offset = first;
    }

    double mean() {
      return count == 0 ? 0 : offset + sum / count;
    }

    double deviation() {
      double mean = count == 0 ? 0 : sum / count;
      return count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean * mean));
    }
  }
}
