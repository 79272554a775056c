package io.longcast.logs.template;

/**
 * One token of a template, of other words than {@code <*>} at most what stands before and behind
 * it.
 *
 * @param text the token
 * @param from where its only wildcard begins, -1 if it has none or several
 */
record TokenPattern(String text, int from) {

  static TokenPattern of(String token) {
    int from = token.indexOf(LineTokens.WILDCARD);
    return new TokenPattern(token, from == token.lastIndexOf(LineTokens.WILDCARD) ? from : -1);
  }

  /** How much it says: 2 for a word, 1 for a word with a value in it, 0 for a value. */
  int constants() {
    return text.equals(LineTokens.WILDCARD) ? 0 : text.contains(LineTokens.WILDCARD) ? 1 : 2;
  }

  boolean fits(String token) {
    return text.equals(LineTokens.WILDCARD) || text.equals(token) || from >= 0 && frames(token);
  }

  private boolean frames(String token) {
    int after = from + LineTokens.WILDCARD.length();
    return token.length() > text.length() - LineTokens.WILDCARD.length()
        && token.startsWith(text.substring(0, from))
        && token.endsWith(text.substring(after));
  }

  /** Whether it is a value that other tokens may be examples of. */
  boolean absorbs() {
    return from >= 0;
  }

  /** Whether a token is an example of its value: not if all of it is a word. */
  boolean absorbs(String token) {
    return frames(token)
        && !(text.equals(LineTokens.WILDCARD) && token.chars().allMatch(Character::isLetter));
  }
}
