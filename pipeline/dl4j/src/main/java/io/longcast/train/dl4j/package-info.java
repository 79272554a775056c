/**
 * The DL4J {@code TrainingMaster} on the trainer's rounds, for users of deeplearning4j-spark.
 *
 * <p>Comes in: a network and an RDD of data sets whose partitions are the shards. Goes out: the
 * same network, trained on them once. Always holds: the same contents and order of the partitions
 * give the same bits; every minibatch is read once a pass; what is cached or broadcast is freed.
 */
package io.longcast.train.dl4j;
