/** What the runtime says about a container: to its hooks, to engines, to seccomp agents. */
package io.belljar.spec.state;
