/**
 * CSV and JSON files as Spark file formats that read every file by its own header and its records
 * by the columns' names, as text.
 *
 * <p>Always holds: each record of a file becomes one row, with its text as it stood in the file; a
 * record that is not of the format says why. Only the requested columns are decoded.
 */
package io.longcast.read.text;
