/** Text of processes, files and containers, which may be hostile, as a terminal can be given it. */
package io.belljar.linux.text;
