package io.longcast.logs.line;

/**
 * One line of a file as it was read.
 *
 * @param offset bytes before it
 * @param text without its end; where it is a reject, no more than its begin
 * @param reject why it cannot be parsed; null if it can
 */
record RawLine(long offset, String text, RejectReason reject) {}
