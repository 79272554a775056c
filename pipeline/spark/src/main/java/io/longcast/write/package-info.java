/**
 * Sinks: tables and folders of bytes come in and appear whole or not at all.
 *
 * <p>Always holds: a run replaces the rows that carry its own keys and leaves all others; a writer
 * killed at any point loses no old row, and the next start recovers; files are sized.
 */
package io.longcast.write;
