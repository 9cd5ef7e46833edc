/**
 * The planner's side of the protocol: requests come in, plans go out. Knows nothing of containers.
 */
package io.belljar.planner;
