package io.longcast.anomaly.logs.sequence;

import java.io.Serializable;

/**
 * Where and why a session departs from normal ones.
 *
 * @param check that found it: unseen-key, counts, length, two-gram, rank, end
 * @param position of the key from 0; the length of the session stands for its end
 * @param reason in words
 */
public record SessionFinding(String check, int position, String reason) implements Serializable {}
