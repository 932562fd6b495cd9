/// What may depend on what inside a service, written once; each service has it checked.
@NullMarked
package io.kiroku.service.testing.architecture;

import org.jspecify.annotations.NullMarked;
