/**
 * The report of a run: one HTML file that needs no network. Each section is a record that is
 * written as JSON; the scripts beside this package draw it.
 */
package io.longcast.report.page;
