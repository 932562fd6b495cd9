package io.kiroku.command.personalkeys;

import io.kiroku.command.call.Fields;
import io.kiroku.command.call.ProtoTime;
import io.kiroku.proto.privacy.v1.ErasePersonRequest;
import io.kiroku.proto.privacy.v1.ErasePersonResponse;
import io.kiroku.proto.privacy.v1.KeyPlace;
import io.kiroku.proto.privacy.v1.PersonAdmin;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/// Erases persons for admins.
@GrpcService
class PersonAdminGrpcService implements PersonAdmin {
  private static final Logger LOG = Logger.getLogger(PersonAdminGrpcService.class);
  private static final String PLACE = "postgresql:person_key";
  private static final int PERSON_LENGTH_MAX = 200;

  private final PostgresPersonKeys keys;

  PersonAdminGrpcService(PostgresPersonKeys keys) {
    this.keys = keys;
  }

  @Override
  public Uni<ErasePersonResponse> erasePerson(ErasePersonRequest request) {
    Caller admin = RequestContext.current().caller().requireAdmin();
    String person = request.getPersonId();
    new Fields().neededText("person_id", person, PERSON_LENGTH_MAX).verify();
    return keys.erase(admin.tenant(), person)
        .map(erased ->
            erased.orElseThrow(() ->
                Errors.notFound(
                    "PERSON_NOT_FOUND", "Nothing personal was ever stored of this person.")))
        .invoke(_ -> LOG.infof("%s erased a person", admin.userId()))
        .map(erasure -> response(person, erasure))
        .onFailure(PersonKeysUnavailable.class)
        .transform(_ -> Errors.unavailable("The database does not answer."));
  }

  private static ErasePersonResponse response(String person, Erasure erasure) {
    return ErasePersonResponse.newBuilder()
        .setPersonId(person)
        .setErasedAt(ProtoTime.timestamp(erasure.erasedAt()))
        .setForgottenEverywhereAt(ProtoTime.timestamp(erasure.forgottenAt()))
        .addPlaces(
            KeyPlace.newBuilder()
                .setPlace(PLACE)
                .setCreatedAt(ProtoTime.timestamp(erasure.keyCreatedAt())))
        .build();
  }
}
