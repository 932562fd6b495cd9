package io.kiroku.command.orderadmin;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/// An order in the write model. Read only: the publisher writes it, in its own transaction.
@Entity
@Table(name = "order_row")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class OrderRow extends PanacheEntityBase {
  @Id
  @Column(name = "order_id")
  public String orderId;

  public String tenant;
  public String owner;
  public String status;

  @Column(name = "total_minor_units")
  public long totalMinorUnits;

  public String currency;

  @Column(name = "placed_at")
  public Instant placedAt;

  public long revision;
}
