package io.longcast.logs.line;

/**
 * One line of a file as it was read.
 *
 * @param offset bytes before it
 * @param text without its end; for a reject, only its beginning
 * @param reject why it cannot be parsed; null if it can
 */
record RawLine(long offset, String text, RejectReason reject) {}
