/** Who a container's process is: Docker's {@code --user} read against the root's own accounts. */
package io.belljar.runtime.user;
