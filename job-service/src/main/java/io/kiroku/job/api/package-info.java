/// The gRPC service. A job is shown to its owner and to admins; for anybody else there is none.
@NullMarked
package io.kiroku.job.api;

import org.jspecify.annotations.NullMarked;
