/// Under which names the service stores and reads events; which of them belong to which context.
@NullMarked
package io.kiroku.command.events;

import org.jspecify.annotations.NullMarked;
