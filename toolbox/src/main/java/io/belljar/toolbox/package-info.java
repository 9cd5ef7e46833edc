/**
 * The toolbox: a package for each tool. A tool turns its options and what it reads from the kernel
 * into a plan, or into a document; the command line prints it.
 */
package io.belljar.toolbox;
