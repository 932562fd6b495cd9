/// Every refusal and failure as `application/problem+json` (RFC 9457). Whatever goes wrong in front
/// of or behind a resource ends here.
@NullMarked
package io.kiroku.gateway.problem;

import org.jspecify.annotations.NullMarked;
