/**
 * Labels for classifiers. In: series, and labelled intervals or a column of codes. Out: the same
 * series with one more channel, the class code of each step. Always holds: a label never enters a
 * context; a step without a label counts in no loss and no score.
 */
package io.longcast.label;
