/** What the running kernel has, asked by calls that change nothing. */
package io.belljar.linux.kernel;
