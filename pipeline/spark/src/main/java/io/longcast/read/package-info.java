/**
 * Sources to observations: any Spark format or table comes in, a table of observations and a table
 * of rejects with reasons go out.
 *
 * <p>Always holds: rows read = observations + rejects; no value is NaN or infinite; every
 * observation has a series id; a time that is absent stays null, one that cannot be read is
 * rejected. The source is scanned lazily, by whoever runs the result.
 */
package io.longcast.read;
