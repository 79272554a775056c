/**
 * The command line and the entry point of spark-submit: words in, flows started, exit codes out. No
 * logic.
 */
package io.longcast.jobs;
