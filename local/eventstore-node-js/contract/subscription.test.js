import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  END,
  START,
  StreamDeletedError,
  binaryEvent,
  eventTypeFilter,
  excludeSystemEvents,
  jsonEvent,
  streamNameFilter,
} from "@eventstore/db-client";
import { Heard, collect, connect, events, newName, revisions, until } from "./support.js";

const client = connect();

const numbers = (count, from = 0) => Array.from({ length: count }, (_, i) => from + i);

describe("a subscription to a stream", () => {
  const subscribe = (stream, options) => new Heard(client.subscribeToStream(stream, options));

  test("from the start delivers what is there and what comes", async () => {
    const stream = newName();
    await client.appendToStream(stream, events(50));
    const heard = subscribe(stream, { fromRevision: START });
    await heard.live();
    assert.equal(heard.events.length, 50);
    await client.appendToStream(stream, events(50));
    await heard.count(100);
    assert.deepEqual(revisions(heard.events), numbers(100));
    assert.equal(heard.confirmed, true);
    assert.match(heard.subscription.id, /^[0-9a-f-]{36}$/);
    assert.equal(heard.caughtUp, 1);
    await heard.stop();
  });

  test("begins after the revision it is given", async () => {
    const stream = newName();
    await client.appendToStream(stream, events(5));
    const heard = subscribe(stream, { fromRevision: 2n });
    await client.appendToStream(stream, events(1));
    await heard.count(3);
    assert.deepEqual(revisions(heard.events), [3, 4, 5]);
    await heard.stop();
  });

  test("from the end delivers only what comes", async () => {
    const stream = newName();
    await client.appendToStream(stream, events(5));
    const heard = subscribe(stream, { fromRevision: END });
    await heard.live();
    await client.appendToStream(stream, events(2));
    await heard.count(2);
    assert.deepEqual(revisions(heard.events), [5, 6]);
    await heard.stop();
  });

  test("waits for a stream that is not there yet", async () => {
    const stream = newName();
    const heard = subscribe(stream);
    await heard.live();
    await client.appendToStream(stream, events(2));
    await heard.count(2);
    await heard.stop();
  });

  test("resolves links", async () => {
    const target = newName();
    const links = newName();
    await client.appendToStream(target, events(1));
    const heard = subscribe(links, { resolveLinkTos: true });
    await client.appendToStream(
      links,
      binaryEvent({ type: "$>", data: Buffer.from(`0@${target}`) }),
    );
    await heard.count(1);
    assert.equal(heard.events[0].event.streamId, target);
    assert.equal(heard.events[0].link.streamId, links);
    await heard.stop();
  });

  test("outlives a delete", async () => {
    const stream = newName();
    await client.appendToStream(stream, events(1));
    const heard = subscribe(stream);
    await heard.live();
    await client.deleteStream(stream);
    await client.appendToStream(stream, events(1));
    await heard.count(2);
    assert.equal(heard.error, undefined);
    await heard.stop();
  });

  test("trap_3: is told of a tombstone, with an error", async () => {
    const stream = newName();
    await client.appendToStream(stream, events(1));
    const heard = subscribe(stream);
    await heard.live();
    await client.tombstoneStream(stream);
    const error = await heard.failure();
    assert.ok(error instanceof StreamDeletedError, error);
    assert.equal(error.streamName, stream);
    assert.deepEqual(heard.types, ["event-0", "$streamDeleted"]);
    const late = subscribe(stream);
    assert.ok((await late.failure()) instanceof StreamDeletedError);
  });

  test("delivers nothing after it was ended", async () => {
    const stream = newName();
    const heard = subscribe(stream);
    await heard.live();
    await heard.stop();
    await until("closed", () => heard.subscription.readableEnded || heard.subscription.closed);
    const other = subscribe(stream);
    await client.appendToStream(stream, events(3));
    await other.count(3);
    assert.equal(heard.events.length, 0);
    assert.equal(heard.error, undefined);
    await other.stop();
  });

  test("sees every event once and in order while many write", async () => {
    const stream = newName();
    const writers = numbers(10).map(async () => {
      for (let i = 0; i < 10; i++) {
        await client.appendToStream(stream, events(2));
      }
    });
    const heards = numbers(3).map(() => subscribe(stream));
    await Promise.all(writers);
    for (const heard of heards) {
      await heard.count(200);
      assert.deepEqual(revisions(heard.events), numbers(200));
      await heard.stop();
    }
  });

  test("that reads slowly gets everything all the same", async () => {
    const stream = newName();
    const slow = client.subscribeToStream(stream, {}, { highWaterMark: 1 });
    const seen = [];
    const reading = (async () => {
      for await (const { event } of slow) {
        seen.push(Number(event.revision));
        await new Promise(setImmediate);
        if (seen.length === 600) {
          return;
        }
      }
    })();
    for (let i = 0; i < 6; i++) {
      await client.appendToStream(stream, events(100));
    }
    await reading;
    assert.deepEqual(seen, numbers(600));
    await slow.unsubscribe();
  });
});

describe("a subscription to $all", () => {
  const subscribe = (options, onEvent) => new Heard(client.subscribeToAll(options), onEvent);

  test("delivers what is there and what comes", async () => {
    const stream = newName();
    await client.appendToStream(stream, events(3));
    const heard = subscribe({ fromPosition: START });
    await heard.live();
    await client.appendToStream(stream, events(3));
    const mine = () => heard.events.filter(({ event }) => event.streamId === stream);
    await until("my events", () => mine().length === 6);
    assert.deepEqual(revisions(mine()), numbers(6));
    await heard.stop();
  });

  test("begins after the position it is given", async () => {
    const stream = newName();
    const { position } = await client.appendToStream(stream, events(3));
    await client.appendToStream(stream, events(2));
    const heard = subscribe({ fromPosition: position });
    await heard.count(2);
    assert.deepEqual(revisions(heard.events.slice(0, 2)), [3, 4]);
    await heard.stop();
  });

  test("from the end delivers only what comes", async () => {
    const stream = newName();
    await client.appendToStream(stream, events(3));
    const heard = subscribe({ fromPosition: END });
    await heard.live();
    await client.appendToStream(stream, events(1));
    await heard.count(1);
    assert.equal(heard.events[0].event.streamId, stream);
    assert.equal(heard.events[0].event.revision, 3n);
    await heard.stop();
  });

  for (const [what, filter] of [
    ["prefixes of streams", (p) => streamNameFilter({ prefixes: [`${p}a`, `${p}b`] })],
    ["a regular expression for streams", (p) => streamNameFilter({ regex: `^${p}[ab]` })],
    ["prefixes of types", (p) => eventTypeFilter({ prefixes: [`${p}a`, `${p}b`] })],
    ["a regular expression for types", (p) => eventTypeFilter({ regex: `${p}(a|b)$` })],
  ]) {
    test(`is filtered by ${what}`, async () => {
      const prefix = newName("f");
      const append = (name) =>
        client.appendToStream(prefix + name, jsonEvent({ type: prefix + name, data: {} }));
      for (const name of ["a", "c", "b"]) {
        await append(name);
      }
      const heard = subscribe({ fromPosition: START, filter: filter(prefix) });
      await heard.live();
      for (const name of ["c", "b", "a"]) {
        await append(name);
      }
      await heard.count(4);
      assert.deepEqual(
        heard.events.map(({ event }) => event.streamId.slice(prefix.length)),
        ["a", "b", "b", "a"],
      );
      await heard.stop();
    });
  }

  test("without system events has none", async () => {
    const stream = newName();
    const { position } = await client.setStreamMetadata(stream, { maxCount: 10 });
    const heard = subscribe({ fromPosition: position, filter: excludeSystemEvents() });
    await heard.live();
    await client.setStreamMetadata(stream, { maxCount: 20 });
    await client.appendToStream(stream, events(1));
    await until("my event", () => heard.events.some(({ event }) => event.streamId === stream));
    assert.ok(heard.types.every((type) => !type.startsWith("$")));
    await heard.stop();
  });

  test("that starts again at a checkpoint misses nothing", async () => {
    const stream = newName("seldom");
    const checkpoints = [];
    const filter = (checkpointReached) =>
      streamNameFilter({
        prefixes: [stream],
        maxSearchWindow: 8,
        checkpointInterval: 2,
        checkpointReached,
      });
    const heard = subscribe({
      fromPosition: END,
      filter: filter((_, position) => void checkpoints.push(position.commit)),
    });
    await heard.live();
    await client.appendToStream(stream, events(1));
    for (let i = 0; i < 50; i++) {
      await client.appendToStream(newName("noise"), events(1));
    }
    await heard.count(1);
    await until("checkpoints", () => checkpoints.length >= 3);
    await heard.stop();
    assert.deepEqual(
      checkpoints,
      [...new Set(checkpoints)].sort((a, b) => (a < b ? -1 : 1)),
    );

    const last = checkpoints.at(-1);
    await client.appendToStream(stream, events(1, 1));
    const next = subscribe({
      fromPosition: { commit: last, prepare: last },
      filter: filter(() => {}),
    });
    await next.count(1);
    assert.deepEqual(next.types, ["event-1"]);
    await next.stop();
  });

  test("sees every event once and in the order of the log while many write", async () => {
    const prefix = newName("crowd");
    const heard = subscribe({ filter: streamNameFilter({ prefixes: [prefix] }) });
    const writers = numbers(10).map(async (writer) => {
      for (let i = 0; i < 10; i++) {
        await client.appendToStream(`${prefix}-${writer}`, events(2));
      }
    });
    await Promise.all(writers);
    await heard.count(200);
    const positions = heard.events.map(({ event }) => event.position.commit);
    assert.deepEqual(
      positions,
      [...new Set(positions)].sort((a, b) => (a < b ? -1 : 1)),
    );
    const stream = await collect(client.readStream(`${prefix}-0`));
    const mine = heard.events.filter(({ event }) => event.streamId === `${prefix}-0`);
    assert.deepEqual(mine, stream);
    await heard.stop();
  });
});
