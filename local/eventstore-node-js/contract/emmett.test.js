import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CommandHandler } from "@event-driven-io/emmett";
import * as stable from "@event-driven-io/emmett-esdb";
import * as next from "@event-driven-io/emmett-esdb-next";
import { connect, newName, until } from "./support.js";

const client = connect();

const NO_CONCURRENCY_CHECK = "NO_CONCURRENCY_CHECK";
const STREAM_DOES_NOT_EXIST = "STREAM_DOES_NOT_EXIST";
const STREAM_EXISTS = "STREAM_EXISTS";
const VERSION_CONFLICT = 412;

const received = (...amounts) =>
  amounts.map((amount) => ({ type: "stock-received", data: { amount }, metadata: { by: "me" } }));

const stock = {
  initialState: () => 0,
  evolve: (state, { data: { amount } }) => state + amount,
};

for (const [version, { getEventStoreDBEventStore }] of Object.entries({ stable, next })) {
  describe(`Emmett's event store, ${version}`, () => {
    const store = getEventStoreDBEventStore(client);

    test("aggregates what was appended", async () => {
      const stream = newName();
      const appended = await store.appendToStream(stream, received(3, 4));
      assert.equal(appended.nextExpectedStreamVersion, 1n);
      const { state, currentStreamVersion, streamExists } = await store.aggregateStream(
        stream,
        stock,
      );
      assert.equal(state, 7);
      assert.equal(currentStreamVersion, 1n);
      assert.equal(streamExists, true);
    });

    test("reads events with where they are", async () => {
      const stream = newName();
      await store.appendToStream(stream, received(1, 2, 3));
      const { events, currentStreamVersion, streamExists } = await store.readStream(stream);
      assert.equal(streamExists, true);
      assert.equal(currentStreamVersion, 2n);
      assert.deepEqual(
        events.map(({ type, data, metadata }) => [type, data.amount, metadata.streamPosition]),
        [
          ["stock-received", 1, 0n],
          ["stock-received", 2, 1n],
          ["stock-received", 3, 2n],
        ],
      );
      assert.ok(
        events.every(({ metadata }) => metadata.streamName === stream && metadata.by === "me"),
      );
      assert.ok(events[1].metadata.globalPosition > events[0].metadata.globalPosition);
    });

    test("reads a part", async () => {
      const stream = newName();
      await store.appendToStream(stream, received(1, 2, 3, 4));
      const { events } = await store.readStream(stream, { from: 1n, maxCount: 2n });
      assert.deepEqual(
        events.map(({ data }) => data.amount),
        [2, 3],
      );
    });

    test("finds nothing in a stream that is not there", async () => {
      const stream = newName();
      assert.deepEqual(await store.readStream(stream), {
        currentStreamVersion: -1n,
        events: [],
        streamExists: false,
      });
      assert.deepEqual(await store.aggregateStream(stream, stock), {
        currentStreamVersion: -1n,
        state: 0,
        streamExists: false,
      });
    });

    test("appends under every expectation", async () => {
      const stream = newName();
      const append = (expectedStreamVersion) =>
        store.appendToStream(stream, received(1), { expectedStreamVersion });
      const refused = (expected) =>
        assert.rejects(append(expected), (error) => {
          assert.equal(error.errorCode, VERSION_CONFLICT, error);
          return true;
        });
      await refused(STREAM_EXISTS);
      await refused(0n);
      assert.equal((await append(STREAM_DOES_NOT_EXIST)).nextExpectedStreamVersion, 0n);
      await refused(STREAM_DOES_NOT_EXIST);
      assert.equal((await append(0n)).nextExpectedStreamVersion, 1n);
      await refused(0n);
      assert.equal((await append(STREAM_EXISTS)).nextExpectedStreamVersion, 2n);
      assert.equal((await append(NO_CONCURRENCY_CHECK)).nextExpectedStreamVersion, 3n);
    });

    test("aggregates only the version it is told to", async () => {
      const stream = newName();
      await store.appendToStream(stream, received(1, 2));
      const at = (expectedStreamVersion) =>
        store.aggregateStream(stream, { ...stock, read: { expectedStreamVersion } });
      assert.equal((await at(1n)).state, 3);
      await assert.rejects(at(0n), ({ errorCode }) => errorCode === VERSION_CONFLICT);
    });

    test("handles commands, again after a conflict", async () => {
      const stream = newName();
      await store.appendToStream(stream, received(5));
      // Not `onVersionConflict`: it does not know the error of another bundle by its class.
      const shouldRetryError = ({ errorCode }) => errorCode === VERSION_CONFLICT;
      const handle = CommandHandler({
        ...stock,
        retry: { retries: 3, minTimeout: 1, shouldRetryError },
      });
      let tries = 0;
      const { newState } = await handle(store, stream, async (state) => {
        if (tries++ === 0) {
          await store.appendToStream(stream, received(10));
        }
        return received(state)[0];
      });
      assert.equal(tries, 2);
      assert.equal(newState, 30);
      assert.equal((await store.aggregateStream(stream, stock)).state, 30);
    });
  });
}

describe("Emmett's consumer", () => {
  const store = next.getEventStoreDBEventStore(client);

  /** Consumes until so many events of the stream were seen. */
  async function consume(stream, count, options, startFrom) {
    const seen = [];
    const consumer = store.consumer(options);
    consumer.processor({
      processorId: newName("processor"),
      startFrom,
      stopAfter: () => seen.length === count,
      eachMessage: ({ data, metadata }) => {
        if (metadata.streamName === stream) {
          seen.push(data.amount);
        }
      },
    });
    const running = consumer.start();
    return { seen, consumer, running };
  }

  test("processes a stream from its beginning and goes on", async () => {
    const stream = newName();
    await store.appendToStream(stream, received(1, 2));
    const { seen, running } = await consume(stream, 4, { from: { stream } }, "BEGINNING");
    await until("what was there", () => seen.length === 2);
    await store.appendToStream(stream, received(3, 4));
    await running;
    assert.deepEqual(seen, [1, 2, 3, 4]);
  });

  test("processes $all after a position", async () => {
    const stream = newName();
    const { lastEventGlobalPosition: position } = await store.appendToStream(stream, received(1));
    await store.appendToStream(stream, received(2, 3));
    const { seen, running } = await consume(stream, 2, undefined, { position });
    await running;
    assert.deepEqual(seen, [2, 3]);
  });

  test("is stopped by its owner", async () => {
    const stream = newName();
    await store.appendToStream(stream, received(1));
    const { seen, consumer } = await consume(stream, Infinity, { from: { stream } }, "BEGINNING");
    await until("the event", () => seen.length === 1);
    await consumer.close();
    assert.equal(consumer.isRunning, false);
  });
});
