package io.longcast.logs.template;

/**
 * Rules for values in a line, in addition to words with a digit and paths. None names a system:
 * each is of a kind of value that any log may hold.
 */
enum TokenRule {
  /** Values with nothing but punctuation between them are one: {@code 10.0.0.1:80}. */
  JOINED,
  /** Dots that fill a line stand between words: {@code enable.....1}. */
  FILL,
  /** Groups of hexadecimal digits between colons are an address: {@code FE:ED::1}. */
  ADDRESSES,
  /** Values in a row, and one in brackets behind another, are one: {@code a1, a2, a3}. */
  LISTS,
  /** A unit behind a number belongs to it: {@code 12 ms}. */
  UNITS,
  /** Names of days and months before a number belong to it: {@code Fri Jun 17}. */
  CALENDAR,
  /** A name behind the words {@code for user} or {@code invalid user}. */
  USERS
}
