/**
 * Files and folders on any Hadoop file system: the few operations that writers need, a lock for one
 * writer at a time, and checks of what stored files say.
 *
 * <p>Always holds: a name read from a file is one component, or some below one folder, before it
 * becomes a path; deleting follows no links; a file is read up to a limit; a rename is atomic or
 * fails; what {@link io.longcast.files.FolderSystem#write} wrote is on disk.
 */
package io.longcast.files;
