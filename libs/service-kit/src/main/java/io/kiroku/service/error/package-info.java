/// How refusals and failures travel: `google.rpc.Status` with a stable code, never a stack trace.
/// [Errors] writes them, [Problem] reads them back.
@NullMarked
package io.kiroku.service.error;

import org.jspecify.annotations.NullMarked;
