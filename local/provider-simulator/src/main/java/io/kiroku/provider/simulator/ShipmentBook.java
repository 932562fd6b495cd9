package io.kiroku.provider.simulator;

import io.kiroku.shipping.SimulatedCarrier;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The shipments, by key; what was said first is said again.
final class ShipmentBook {
  private final Journal journal;
  private final Clock clock;
  private final Map<String, Entry.OfShipments> shipments = new HashMap<>();

  ShipmentBook(Journal journal, List<Entry.OfShipments> past, Clock clock) {
    this.journal = journal;
    this.clock = clock;
    past.forEach(this::apply);
  }

  /// @param country two letters, ISO 3166-1
  synchronized Answer arrange(String key, String postalCode, String country) {
    Entry.OfShipments known = shipments.get(key);
    if (known == null) {
      String at = clock.instant().toString();
      known =
          SimulatedCarrier.refuses(postalCode, country)
              .<Entry.OfShipments>map(reason -> new Entry.Refused(key, reason.code(), at))
              .orElseGet(() -> new Entry.Arranged(key, "shp_" + UUID.randomUUID(), at));
      record(known);
    }
    return switch (known) {
      case Entry.Arranged(_, var reference, _) ->
          Answer.of(Answer.CREATED, Map.of("status", "ARRANGED", "reference", reference));
      case Entry.Refused(_, var code, _) -> refused(code);
      case Entry.Cancelled _ -> refused("SHIPMENT_CANCELLED");
    };
  }

  /// Of what was never arranged too: then it never will be.
  synchronized Answer cancel(String key) {
    if (!(shipments.get(key) instanceof Entry.Cancelled)) {
      record(new Entry.Cancelled(key, clock.instant().toString()));
    }
    return Answer.of(Answer.OK, Map.of("status", "CANCELLED"));
  }

  synchronized Answer find(String key) {
    Entry.@Nullable OfShipments known = shipments.get(key);
    return switch (known) {
      case null ->
          Answer.problem(Answer.NOT_FOUND, "SHIPMENT_NOT_FOUND", "Nothing came under this key.");
      case Entry.Arranged(_, var reference, _) ->
          Answer.of(Answer.OK, Map.of("status", "ARRANGED", "reference", reference));
      case Entry.Refused(_, var code, _) ->
          Answer.of(Answer.OK, Map.of("status", "REFUSED", "code", code));
      case Entry.Cancelled _ -> Answer.of(Answer.OK, Map.of("status", "CANCELLED"));
    };
  }

  private void record(Entry.OfShipments entry) {
    journal.write(entry);
    apply(entry);
  }

  private void apply(Entry.OfShipments entry) {
    String key =
        switch (entry) {
          case Entry.Arranged arranged -> arranged.key();
          case Entry.Refused refused -> refused.key();
          case Entry.Cancelled cancelled -> cancelled.key();
        };
    shipments.put(key, entry);
  }

  private static Answer refused(String code) {
    return Answer.problem(Answer.REFUSED, code, "The carrier refuses.");
  }
}
