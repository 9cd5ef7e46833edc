/** Commands of people's on containers that exist. */
package io.belljar.conformance.containers;
