/**
 * Trainings in a tracking server.
 *
 * <p>In: a training as parameters, metrics, tags and files. Out: a run of an MLflow server with
 * them, and a version of a registered model. Always holds: credentials come from the environment
 * alone and are part of no message.
 */
package io.longcast.tracking;
