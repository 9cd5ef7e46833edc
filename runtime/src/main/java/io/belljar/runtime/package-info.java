/** What requests, facts and refusals are made of. */
package io.belljar.runtime;
