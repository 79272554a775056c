package io.longcast.generate;

import java.sql.Timestamp;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The rows of one series as text, a share of them damaged: duplicates (equal or contradicting),
 * rows that come late, text in a number column, a missing timestamp, a row that cannot be read.
 */
final class DirtyRows implements Iterator<Object[]> {
  private static final long SALT = 0xD127;
  private static final String[] NOT_A_NUMBER = {"n/a", "ERR", "--", "12,5 bar"};
  private static final int LATE_BY = 5;

  private final Iterator<Object[]> rows;
  private final double share;
  private final int numbers;
  private final Noise noise;
  private final Deque<Object[]> ready = new ArrayDeque<>();
  private Object[] late;
  private int lateFor;

  DirtyRows(GenerateSpec spec, long number) {
    rows = new GeneratedRows(spec, number);
    share = spec.dirty();
    numbers = spec.kind().layout().channels().size();
    noise = new Noise(spec.seed(), SALT, number);
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || rows.hasNext() || late != null;
  }

  @Override
  public Object[] next() {
    while (ready.isEmpty()) {
      fill();
    }
    return ready.poll();
  }

  private void fill() {
    if (late != null && (lateFor-- == 0 || !rows.hasNext())) {
      ready.add(late);
      late = null;
      return;
    }
    Object[] row = text(rows.next());
    if (noise.uniform() >= share) {
      ready.add(row);
    } else {
      damage(row);
    }
  }

  private void damage(Object[] row) {
    int value = 2 + noise.below(numbers);
    switch (noise.below(6)) {
      case 0 -> add(row, row.clone());
      case 1 -> add(row, with(row, value, "0.0"));
      case 2 -> delay(row);
      case 3 -> add(with(row, value, NOT_A_NUMBER[noise.below(NOT_A_NUMBER.length)]));
      case 4 -> add(with(row, 1, null));
      default -> add(with(with(row, 1, "31.02. 25:61"), value, "#~"));
    }
  }

  private void delay(Object[] row) {
    if (late == null) {
      late = row;
      lateFor = LATE_BY;
    } else {
      ready.add(row);
    }
  }

  private void add(Object[]... damaged) {
    for (Object[] row : damaged) {
      ready.add(row);
    }
  }

  private static Object[] with(Object[] row, int column, String text) {
    Object[] changed = row.clone();
    changed[column] = text;
    return changed;
  }

  private static Object[] text(Object[] row) {
    Object[] text = new Object[row.length];
    for (int i = 0; i < row.length; i++) {
      text[i] =
          row[i] instanceof Timestamp stamp
              ? stamp.toInstant().toString()
              : row[i] == null ? null : row[i].toString();
    }
    return text;
  }
}
