/**
 * The language model of log keys: the next key predicted from all keys before it, the end of the
 * session being a key too.
 *
 * <p>In: distinct normal sessions with their counts. Out: parameters, and from them probabilities,
 * ranks, perplexity and sampled sessions.
 *
 * <p>What always holds: the network is a {@link io.longcast.model.Trainable}, so one worker and the
 * trainer of many do the same; the same sessions, seed and numerics give the same bits.
 */
package io.longcast.logs.language;
