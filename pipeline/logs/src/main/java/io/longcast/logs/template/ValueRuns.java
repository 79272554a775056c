package io.longcast.logs.template;

import static io.longcast.logs.template.LineTokens.WILDCARD;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Joins tokens that are one value together: lists, quantities with their unit, dates, names. */
final class ValueRuns {
  private static final Set<String> CALENDAR =
      Set.of(
          ("Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Monday"
                  + " Tuesday Wednesday Thursday Friday Saturday Sunday January February March April"
                  + " June July August September October November December")
              .split(" "));
  private static final Set<String> UNITS =
      Set.of(
          ("B iB KB MB GB TB KiB MiB GiB TiB Hz kHz MHz GHz byte bytes s ms us ns sec secs second"
                  + " seconds min mins minute minutes hour hours day days %")
              .split(" "));

  /** A longer token is not the part of a list before another: joining stays linear. */
  private static final int MAX_LIST_TOKEN = 64;

  private static final String CLOSING = ")]},;:.\"";
  private static final String AROUND = "()[]{}";

  private final Set<TokenRule> rules;
  private final List<String> out = new ArrayList<>();

  ValueRuns(Set<TokenRule> rules) {
    this.rules = rules;
  }

  /** The tokens of a line, joined by blanks. */
  String joined(List<String> tokens) {
    out.clear();
    for (String token : rules.contains(TokenRule.UNITS) ? quantities(tokens) : tokens) {
      if (token.startsWith(WILDCARD)) {
        dropCalendar();
      }
      if (!continuesList(token)) {
        out.add(isName() ? WILDCARD + token.substring(wordEnd(token)) : token);
      }
    }
    return String.join(" ", out);
  }

  private static List<String> quantities(List<String> tokens) {
    List<String> joined = new ArrayList<>(tokens.size());
    for (String token : tokens) {
      int last = joined.size() - 1;
      if (last >= 0 && endsInNumber(joined.get(last)) && isUnit(token)) {
        joined.set(last, joined.get(last) + token.substring(wordEnd(token)));
      } else {
        joined.add(token);
      }
    }
    return joined;
  }

  private boolean continuesList(String token) {
    if (out.isEmpty() || !rules.contains(TokenRule.LISTS)) {
      return false;
    }
    String before = out.get(out.size() - 1);
    String rest = before.length() > MAX_LIST_TOKEN ? null : rest(before, token);
    if (rest != null) {
      out.set(out.size() - 1, stripEnd(before, ",;") + rest);
    }
    return rest != null;
  }

  private void dropCalendar() {
    while (rules.contains(TokenRule.CALENDAR)
        && !out.isEmpty()
        && CALENDAR.contains(stripEnd(out.get(out.size() - 1), ","))) {
      out.remove(out.size() - 1);
    }
  }

  /** What a value behind a value leaves of itself; null if they are two. */
  private static String rest(String before, String token) {
    if (token.equals("()") && before.equals(WILDCARD)) {
      return "";
    }
    if (!strip(stripEnd(before, ",;"), AROUND).equals(WILDCARD)) {
      return null;
    }
    String tail = token.substring(wordEnd(token));
    if (token.equals("(" + WILDCARD + tail)) {
      return tail.replace(")", "");
    }
    return token.equals(WILDCARD + tail) || token.equals("@" + WILDCARD + tail) ? tail : null;
  }

  private static boolean endsInNumber(String token) {
    int at = token.length() - WILDCARD.length();
    return token.endsWith(WILDCARD) && (at == 0 || !Character.isLetter(token.charAt(at - 1)));
  }

  private static boolean isUnit(String token) {
    return UNITS.contains(token.substring(0, wordEnd(token)));
  }

  private boolean isName() {
    int at = out.size();
    return rules.contains(TokenRule.USERS)
            && at >= 2
            && out.get(at - 1).equals("user")
            && (out.get(at - 2).equals("for") || out.get(at - 2).equals("invalid"))
        || rules.contains(TokenRule.USERS) && at == 2 && out.equals(List.of("Invalid", "user"));
  }

  /** Where the punctuation at the end of a token begins. */
  private static int wordEnd(String token) {
    int end = token.length();
    while (end > 0 && CLOSING.indexOf(token.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  private static String stripEnd(String token, String chars) {
    int end = token.length();
    while (end > 0 && chars.indexOf(token.charAt(end - 1)) >= 0) {
      end--;
    }
    return token.substring(0, end);
  }

  private static String strip(String token, String chars) {
    int from = 0;
    while (from < token.length() && chars.indexOf(token.charAt(from)) >= 0) {
      from++;
    }
    return stripEnd(token.substring(from), chars);
  }
}
