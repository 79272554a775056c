/**
 * What people look at: the progress line, summary tables, charts as SVG. Finished tables in, text
 * out; nothing here computes a result.
 */
package io.longcast.report;
