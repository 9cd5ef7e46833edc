/** Looking at files inside the root of another process, which may be hostile. */
package io.belljar.linux.inside;
