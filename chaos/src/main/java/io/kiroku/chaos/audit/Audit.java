package io.kiroku.chaos.audit;

import io.kiroku.chaos.load.Ledger;
import io.kiroku.client.KirokuClient;
import io.kiroku.eventstore.db.EventStoreDbConnection;
import io.kiroku.eventstore.db.EventStoreDbEventLog;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.Port;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Everything that must agree, asked of each store itself and of the public API.
public final class Audit implements AutoCloseable {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
  private static final String OPEN_SAGAS =
      "SELECT status, count(*) FROM saga_row"
          + " WHERE status NOT IN ('COMPLETED', 'COMPENSATED') GROUP BY status";

  private final EventStoreDbConnection store;
  private final EventStoreDbEventLog log;
  private final Database database;
  private final Messages messages;
  private final Ledger ledger;
  private final Function<String, KirokuClient> clients;

  /// @param clients by user; `staff` is an admin
  public Audit(Platform platform, Ledger ledger, Function<String, KirokuClient> clients) {
    var ports = platform.ports();
    this.store =
        new EventStoreDbConnection("esdb://" + ports.address(Port.EVENT_STORE) + "?tls=false");
    this.log = new EventStoreDbEventLog(store);
    this.database =
        new Database(
            "jdbc:postgresql://" + ports.address(Port.POSTGRES) + "/kiroku",
            "postgres",
            platform.keys().postgresPassword());
    // As all its clients: through the address that the broker sends them to.
    this.messages = new Messages(ports.address(Port.KAFKA));
    this.ledger = ledger;
    this.clients = clients;
  }

  /// Reads everything and compares it; with much in the log this takes seconds.
  public List<Verdict> run() {
    LogFacts facts = LogFacts.read(log);
    List<Verdict> verdicts = new ArrayList<>(derived(facts));
    verdicts.add(new CommandCheck(facts, ledger).run());
    verdicts.add(new JobCheck(facts, ledger.orders(), clients).run());
    return verdicts;
  }

  /// As [#run()], for orders that nobody kept a ledger of.
  public List<Verdict> runWithoutLedger() {
    return derived(LogFacts.read(log));
  }

  private List<Verdict> derived(LogFacts facts) {
    List<String> topics = messages.topics().stream().filter(MessageCheck::concerns).toList();
    return List.of(
        new LogCheck(facts).run(),
        new SagaCheck(facts, ledger).run(),
        new MoneyCheck(facts).run(),
        new StockCheck(facts).run(),
        new MessageCheck(facts, messages.in(topics)).run(),
        new RowCheck(facts, database).run(),
        new ReadCheck(facts, clients.apply("staff")).run());
  }

  /// What changes for as long as work goes on.
  ///
  /// @param openSagas by status
  /// @param watermarks how far the read models are, as the API tells it
  public record Signs(int waiting, long head, Map<String, String> openSagas, String watermarks) {
    /// Whether there is nothing left to do, as far as these tell.
    public boolean areQuiet() {
      return waiting == 0 && openSagas.isEmpty();
    }
  }

  /// Cheap enough to be asked all the time; fails if a part does not answer.
  public Signs signs() {
    return new Signs(
        ledger.waiting(),
        log.head().await().atMost(ANSWER_MAX),
        database.pairs(OPEN_SAGAS),
        clients.apply("staff").get("/api/v1/projections", null).toString());
  }

  @Override
  public void close() {
    store.close();
  }
}
