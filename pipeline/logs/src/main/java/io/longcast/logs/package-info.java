/**
 * Anomalies in logs: sessions of lines that do not run as normal ones do.
 *
 * <p>In: log lines as {@link io.longcast.logs.line.LogReadStage} reads them. Out: a {@link
 * io.longcast.logs.LogModel} learned from normal lines, and from it rows of the log_anomalies
 * table, each with the line that departs, its file and offset, what was expected and how the
 * nearest normal session differs.
 *
 * <p>What always holds: a session's lines are ordered by (time, file, offset); the vocabulary is
 * what the training lines showed; the same lines give the same model and the same rows whatever
 * their partitioning.
 */
package io.longcast.logs;
