/**
 * Reconciliation of the forecasts of series with those of their totals: exact sums, shares of a
 * total, and trace minimization. Sums and statistics merge in any order to the same bits.
 */
package io.longcast.hierarchy;
