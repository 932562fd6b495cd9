package io.kiroku.gateway.problem;

/// What HTTP itself refuses, before any resource is asked.
record HttpProblem(String code, String detail) {
  static HttpProblem of(int status) {
    return switch (status) {
      case 400 -> new HttpProblem("INVALID_REQUEST", "The request cannot be read.");
      case 401 -> new HttpProblem("UNAUTHENTICATED", "A valid bearer token is needed.");
      case 403 -> new HttpProblem("FORBIDDEN", "This is not allowed.");
      case 404 -> new HttpProblem("PATH_NOT_FOUND", "There is nothing at this path.");
      case 405 -> new HttpProblem("METHOD_NOT_ALLOWED", "This method is not known here.");
      case 406 -> new HttpProblem("NOT_ACCEPTABLE", "The answer is JSON.");
      case 413 -> new HttpProblem("BODY_TOO_LARGE", "The body has more than 256 KiB.");
      case 414, 431 ->
          new HttpProblem("REQUEST_TOO_LARGE", "The path or the headers are too long.");
      case 415 -> new HttpProblem("UNSUPPORTED_MEDIA_TYPE", "The body must be application/json.");
      case 503 -> new HttpProblem("UNAVAILABLE", "Not now.");
      default ->
          status < 500
              ? new HttpProblem("REFUSED", "The request was refused.")
              : new HttpProblem("INTERNAL", "Something went wrong here.");
    };
  }
}
