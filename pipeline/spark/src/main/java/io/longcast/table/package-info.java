/**
 * The tables: one final class each with its typed {@code SCHEMA}, the constants of its column
 * names, its {@code KEY} and its {@code PARTITIONS}. Nothing comes in; names and types go out.
 *
 * <p>Always holds: timestamps are TIMESTAMP in a UTC session; null means absent; {@link
 * io.longcast.table.TableShape#requireConforms} names every column that is missing or of another
 * type.
 */
package io.longcast.table;
