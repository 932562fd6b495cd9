package io.kiroku.command.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.eventstore.CommandRejection;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.StreamId;
import io.kiroku.service.error.Errors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Which failures are answers, and what answers say.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AnswersTest {
  private static final StreamId STREAM = StreamId.of("product", "1");

  @Test
  void an_accepted_command_tells_what_it_wrote() {
    String token = ConsistencyToken.of("default", STREAM, 3).encode();
    var accepted = Answers.accepted(new Done("1", token)).getAccepted();
    assertThat(accepted.getStream()).isEqualTo("product-1");
    assertThat(accepted.getRevision()).isEqualTo(3);
    assertThat(accepted.getConsistencyToken()).isEqualTo(token);
    assertThat(accepted.getCreatedId()).isEqualTo("1");
  }

  @Test
  void a_refusal_tells_code_detail_and_fields() {
    var reused = Errors.rejected(CommandRejection.COMMAND_ID_REUSED);
    assertThat(rejected(reused).getCode()).isEqualTo("COMMAND_ID_REUSED");
    assertThat(rejected(reused).getDetail()).isEqualTo(CommandRejection.COMMAND_ID_REUSED.detail());
    var invalid = rejected(Errors.invalid("name", "is needed"));
    assertThat(invalid.getCode()).isEqualTo("INVALID_REQUEST");
    assertThat(invalid.getViolations(0).getPath()).isEqualTo("name");
    assertThat(invalid.getViolations(0).getMessage()).isEqualTo("is needed");
  }

  @Test
  void another_revision_than_expected_is_an_answer() {
    var conflict = new ConcurrencyConflict(STREAM, 4);
    assertThat(Answers.isAnswer(conflict)).isTrue();
    assertThat(rejected(conflict).getCode()).isEqualTo("REVISION_CONFLICT");
  }

  @Test
  void what_may_pass_and_what_is_a_bug_is_none() {
    assertThat(
            Stream.of(
                Errors.unavailable("The database does not answer."),
                Errors.overloaded("Later."),
                Errors.internal("an-id"),
                new EventStoreUnavailable("away", new IllegalStateException()),
                new IllegalStateException("a bug")))
        .noneMatch(Answers::isAnswer);
  }

  private static io.kiroku.proto.commands.v1.CommandRejected rejected(Throwable failure) {
    return Answers.rejected(Answers.problem(failure)).getRejected();
  }
}
