/**
 * Choices that a spec leaves open, closed from what is known of the data. In: a spec as the user
 * wrote it and a profile of the data. Out: a resolved spec and, for each choice, the reason in
 * words. Always holds: what the user set is not changed.
 */
package io.longcast.model.defaults;
