package io.longcast.logs.text;

import io.longcast.logs.text.FieldPattern.Kind;
import io.longcast.logs.text.FieldPattern.Part;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Matches texts against a {@link FieldPattern} in time linear in their length: it tries what a
 * backtracking matcher would try, in the same order, but remembers every place where a part has
 * failed and never tries it there again (a packrat parser). What {@link #steps()} counts is bounded
 * by a constant times the number of parts times the length. Open choices stand on a stack of its
 * own, one a part: nothing recurses. Not thread-safe.
 */
public final class FieldMatcher {
  private static final BitSet NOWHERE = new BitSet();

  private final int first;
  private final Part[] parts;

  /** By part: places where it has failed. */
  private final BitSet[] failed;

  /** By field: the first place where it has failed; it fails at all places behind that as well. */
  private final int[] failedFrom;

  private final int[] from;
  private final int[] to;

  /** Open choices, the newest last: part, place, the candidate to try next, and the last one. */
  private final int[] choice;

  private final int[] place;
  private final int[] cursor;
  private final int[] limit;
  private int depth;

  private String text = "";
  private int number;
  private int at;
  private long steps;

  /** A matcher of a pattern. */
  public FieldMatcher(FieldPattern pattern) {
    first = pattern.first();
    parts = pattern.parts().toArray(Part[]::new);
    int size = parts.length;
    failed = new BitSet[size];
    Arrays.fill(failed, NOWHERE);
    failedFrom = new int[size];
    from = new int[size];
    to = new int[size];
    choice = new int[size];
    place = new int[size];
    cursor = new int[size];
    limit = new int[size];
  }

  /** Whether the whole text matches; then {@link #fields()} gives what the fields hold. */
  public boolean matches(String whole) {
    text = whole;
    number = first;
    at = 0;
    depth = 0;
    steps = 0;
    for (BitSet places : failed) {
      places.clear();
    }
    Arrays.fill(failedFrom, whole.length() + 1);
    Arrays.fill(from, -1);
    return search();
  }

  /** The fields of the last match by name, without those of optional parts that are not there. */
  public Map<String, String> fields() {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < parts.length; i++) {
      if (from[i] >= 0) {
        values.put(parts[i].text(), text.substring(from[i], to[i]));
      }
    }
    return values;
  }

  /** Characters and places looked at by the last match. */
  long steps() {
    return steps;
  }

  private boolean search() {
    while (true) {
      steps++;
      Part part = parts[number];
      if (part.kind() == Kind.END && at == text.length()) {
        return true;
      }
      if (part.kind() == Kind.LITERAL && text.startsWith(part.text(), at)) {
        at += part.text().length();
        number = part.next();
        continue;
      }
      if (part.kind().isChoice() && !hasFailed()) {
        open();
      }
      while (depth > 0 && !tryNext()) {
        giveUp();
      }
      if (depth == 0) {
        return false;
      }
    }
  }

  private boolean hasFailed() {
    return parts[number].kind().isField() ? at >= failedFrom[number] : failed[number].get(at);
  }

  /** Opens the choice of the current part at the current place. */
  private void open() {
    choice[depth] = number;
    place[depth] = at;
    switch (parts[number].kind()) {
      case FIELD -> {
        limit[depth] = failedFrom[number] - 1;
        cursor[depth] = at;
      }
      case WIDE_FIELD -> cursor[depth] = failedFrom[number] - 1;
      case BLANKS -> {
        limit[depth] = blanksEnd();
        cursor[depth] = limit[depth];
      }
      default -> cursor[depth] = 0;
    }
    depth++;
  }

  /** Behind a blank where the part has failed, all has been tried. */
  private int blanksEnd() {
    int end = at;
    while (isBlank(end) && (end == at || !failed[number].get(end))) {
      end++;
    }
    steps += end - at;
    return end;
  }

  /** Backtracks to the next candidate of the newest choice; false if none is left. */
  private boolean tryNext() {
    int top = depth - 1;
    Part part = parts[choice[top]];
    return switch (part.kind()) {
      case FIELD -> {
        int end = candidate(part.next(), cursor[top], limit[top]);
        cursor[top] = end + 1;
        yield end <= limit[top] && take(top, end);
      }
      case WIDE_FIELD -> cursor[top] >= place[top] && take(top, cursor[top]--);
      case BLANKS -> cursor[top] > place[top] && go(part.next(), cursor[top]--);
      default -> {
        int branch = cursor[top]++;
        yield branch < 2 && go(branch == 0 ? part.inner() : part.next(), place[top]);
      }
    };
  }

  private boolean take(int top, int end) {
    from[choice[top]] = place[top];
    to[choice[top]] = end;
    return go(parts[choice[top]].next(), end);
  }

  private boolean go(int next, int where) {
    number = next;
    at = where;
    return true;
  }

  /** Closes the newest choice and remembers that it fails. */
  private void giveUp() {
    int part = choice[--depth];
    if (parts[part].kind().isField()) {
      failedFrom[part] = Math.min(failedFrom[part], place[depth]);
      from[part] = -1;
      return;
    }
    if (failed[part] == NOWHERE) {
      failed[part] = new BitSet();
    }
    boolean blanks = parts[part].kind() == Kind.BLANKS;
    failed[part].set(place[depth], Math.max(blanks ? limit[depth] : 0, place[depth] + 1));
  }

  /** The first place where the part may match, up to {@code last}; behind {@code last} if none. */
  private int candidate(int next, int start, int last) {
    Part part = parts[next];
    int where = start;
    switch (part.kind()) {
      case LITERAL -> {
        char head = part.text().charAt(0);
        while (where <= last && (where >= text.length() || text.charAt(where) != head)) {
          where++;
        }
      }
      case BLANKS -> {
        while (where <= last && !isBlank(where)) {
          where++;
        }
      }
      case END -> where = Math.max(start, Math.min(text.length(), last + 1));
      default -> {}
    }
    steps += where - start;
    return where;
  }

  private boolean isBlank(int where) {
    if (where >= text.length()) {
      return false;
    }
    char c = text.charAt(where);
    return c == ' ' || c >= '\t' && c <= '\r';
  }
}
