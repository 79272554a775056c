/**
 * Reads log lines: text with a declared header, JSON lines, syslog (RFC 3164 and RFC 5424).
 *
 * <p>In: text files. Out: one record a log entry with its timestamp, level, component, session and
 * content, its file and the byte at which it begins; and a reject with the reason for every line
 * that could not be read.
 *
 * <p>What always holds: every line is the first of a record, a continuation of one, or a reject;
 * the byte offset leads back to the line.
 */
package io.longcast.logs.line;
