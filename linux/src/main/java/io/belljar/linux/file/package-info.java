/**
 * Files by descriptors: the *at() system calls, for walking trees that somebody hostile changes at
 * the same time. The JDK has only paths, and a SecureDirectoryStream that can neither make
 * directories nor read links.
 *
 * <p>A name or path is bytes without a character set. Here it is a string with one character,
 * U+0000 to U+00FF, per byte (ISO-8859-1), so that nothing is lost; {@link
 * io.belljar.linux.file.Names} turns it into text for people and back.
 */
package io.belljar.linux.file;
