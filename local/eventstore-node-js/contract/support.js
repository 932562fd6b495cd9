import { randomUUID } from "node:crypto";
import { after } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";

const WAIT_MILLIS = 20_000;
const POLL_MILLIS = 10;

/** Where the node is, for clients: `esdb://host:port?tls=false`. */
export const address = process.env.KIROKU_EVENTSTORE;
if (!address) {
  throw new Error("KIROKU_EVENTSTORE holds no connection string; see README.md");
}

/** A client that is disposed of after the tests of its file. */
export function connect(options = "") {
  const client = EventStoreDBClient.connectionString(address + options);
  after(() => client.dispose());
  return client;
}

/** The node is shared by all tests: each has streams of its own. */
export function newName(prefix = "stream") {
  return `${prefix}-${randomUUID()}`;
}

/** A category that only one test has: no dash ends it early. */
export function newCategory() {
  return "category" + randomUUID().replaceAll("-", "");
}

/** `count` events of the types event-0, event-1, … */
export function events(count, from = 0) {
  return Array.from({ length: count }, (_, i) =>
    jsonEvent({ type: `event-${from + i}`, data: { number: from + i } }),
  );
}

/** All of a read, or of the first `max` of it. */
export async function collect(read, max = Infinity) {
  const all = [];
  for await (const resolved of read) {
    all.push(resolved);
    if (all.length === max) {
      break;
    }
  }
  return all;
}

export const types = (resolved) => resolved.map(({ event }) => event.type);

export const revisions = (resolved) => resolved.map(({ event }) => Number(event.revision));

/** Waits until the condition gives something true, and gives it back. */
export async function until(what, condition) {
  const end = Date.now() + WAIT_MILLIS;
  for (;;) {
    const value = await condition();
    if (value) {
      return value;
    }
    if (Date.now() > end) {
      throw new Error(`Not within ${WAIT_MILLIS} ms: ${what}`);
    }
    await sleep(POLL_MILLIS);
  }
}

/** Remembers what a subscription delivers, and how it ends. */
export class Heard {
  events = [];
  retries = [];
  caughtUp = 0;
  error = undefined;
  confirmed = false;

  constructor(subscription, onEvent = () => {}) {
    this.subscription = subscription;
    subscription.on("confirmation", () => (this.confirmed = true));
    subscription.on("caughtUp", () => this.caughtUp++);
    subscription.on("error", (error) => (this.error = error));
    subscription.on("data", (resolved) => {
      this.events.push(resolved);
      this.retries.push(resolved.retryCount);
      return onEvent(resolved, subscription);
    });
  }

  get types() {
    return types(this.events);
  }

  count(count) {
    return until(`${count} events, has ${this.events.length}`, () => this.events.length >= count);
  }

  live() {
    return until("caught up", () => this.caughtUp > 0);
  }

  /** What it failed with. */
  failure() {
    return until("a failure", () => this.error);
  }

  stop() {
    return this.subscription.unsubscribe();
  }
}
