package io.kiroku.command.sagaadmin;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;

/// A saga in the publisher's index. Read only: the publisher writes it, in its own transaction.
@Entity
@Table(name = "saga_row")
@IdClass(SagaRow.Key.class)
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class SagaRow extends PanacheEntityBase {
  @Id public String category;

  @Id
  @Column(name = "saga_id")
  public String sagaId;

  public String saga;
  public String tenant;
  public String status;
  public String step;
  public int attempt;
  public String code;

  @Column(name = "started_at")
  public Instant startedAt;

  @Column(name = "updated_at")
  public Instant updatedAt;

  public long revision;

  /// Ids of sagas are unique within a kind.
  public record Key(String category, String sagaId) {}
}
