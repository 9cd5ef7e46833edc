/**
 * What detached containers have written, as their monitors keep it: {@code <state>/<id>/log}, and
 * before that {@code log.1}.
 *
 * <p>A line is a record: time, stream, {@code F} for a whole line or {@code P} for one that goes on
 * in the next record of its stream, and the text.
 *
 * <pre>
 * 2026-11-23T04:05:06.123456789Z stdout F text
 * </pre>
 *
 * <p>When {@code log} is full it is renamed to {@code log.1}, in place of the older one, and begun
 * anew. So a reader holds the file open that it reads, and sees by the inode that it is to go on
 * with another.
 */
package io.belljar.runtime.log;
