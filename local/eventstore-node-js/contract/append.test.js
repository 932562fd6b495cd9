import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import {
  ANY,
  MaxAppendSizeExceededError,
  NO_STREAM,
  STREAM_EXISTS,
  StreamDeletedError,
  WrongExpectedVersionError,
  binaryEvent,
  jsonEvent,
} from "@eventstore/db-client";
import { collect, connect, events, newName, revisions } from "./support.js";

const client = connect();

// With credentials of its own a call is an Append, otherwise a BatchAppend where the node has it.
const WAYS = {
  append: { credentials: { username: "admin", password: "changeit" } },
  "batch append": {},
};

for (const [way, options] of Object.entries(WAYS)) {
  describe(way, () => {
    const append = (stream, events, expectedRevision = ANY) =>
      client.appendToStream(stream, events, { ...options, expectedRevision });

    test("a JSON event comes back as it was given", async () => {
      const stream = newName();
      const begun = Date.now();
      const event = jsonEvent({
        id: randomUUID(),
        type: "order-placed",
        data: { total: 39, note: "日本語 ✓" },
        metadata: { $correlationId: "c-1", by: "me" },
      });
      const result = await append(stream, event, NO_STREAM);
      const [{ event: read, link, commitPosition }] = await collect(client.readStream(stream));
      assert.deepEqual(
        { ...read, created: undefined, position: undefined },
        {
          streamId: stream,
          id: event.id,
          revision: 0n,
          type: "order-placed",
          data: event.data,
          metadata: event.metadata,
          isJson: true,
          created: undefined,
          position: undefined,
        },
      );
      assert.ok(Math.abs(read.created.getTime() - begun) < 60_000);
      assert.equal(link, undefined);
      assert.deepEqual(read.position, result.position);
      assert.equal(commitPosition, result.position.commit);
    });

    test("a binary event comes back byte for byte", async () => {
      const stream = newName();
      const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
      await append(stream, binaryEvent({ type: "blob", data: bytes, metadata: bytes }));
      const [{ event }] = await collect(client.readStream(stream));
      assert.equal(event.isJson, false);
      assert.deepEqual(event.data, bytes);
      assert.deepEqual(event.metadata, bytes);
    });

    test("names of streams and types may have any characters", async () => {
      const stream = newName("注文/Ä ß%20");
      await append(stream, jsonEvent({ type: "発注済み", data: {} }));
      const [{ event }] = await collect(client.readStream(stream));
      assert.equal(event.streamId, stream);
      assert.equal(event.type, "発注済み");
    });

    test("no_stream creates a stream once", async () => {
      const stream = newName();
      const result = await append(stream, events(2), NO_STREAM);
      assert.equal(result.success, true);
      assert.equal(result.nextExpectedRevision, 1n);
      await assert.rejects(append(stream, events(1), NO_STREAM), wrong(stream, NO_STREAM, 1n));
    });

    test("stream_exists wants a stream", async () => {
      const stream = newName();
      await assert.rejects(
        append(stream, events(1), STREAM_EXISTS),
        wrong(stream, STREAM_EXISTS, NO_STREAM),
      );
      await append(stream, events(1));
      const result = await append(stream, events(1), STREAM_EXISTS);
      assert.equal(result.nextExpectedRevision, 1n);
    });

    test("an exact revision is the last one or refused", async () => {
      const stream = newName();
      await assert.rejects(append(stream, events(1), 0n), wrong(stream, 0n, NO_STREAM));
      await append(stream, events(3));
      await assert.rejects(append(stream, events(1), 1n), wrong(stream, 1n, 2n));
      await assert.rejects(append(stream, events(1), 3n), wrong(stream, 3n, 2n));
      const result = await append(stream, events(1), 2n);
      assert.equal(result.nextExpectedRevision, 3n);
    });

    test("positions ascend and are those of the last event", async () => {
      const stream = newName();
      const first = await append(stream, events(3));
      const second = await append(stream, events(2));
      const read = await collect(client.readStream(stream));
      assert.deepEqual(read[2].event.position, first.position);
      assert.deepEqual(read[4].event.position, second.position);
      read.reduce((before, { event }) => {
        assert.ok(event.position.commit > before);
        return event.position.commit;
      }, -1n);
    });

    test("a repeated append is answered as before and written once", async () => {
      for (const expected of [NO_STREAM, ANY]) {
        const stream = newName();
        const same = events(2);
        const first = await append(stream, same, expected);
        await append(stream, events(1, 2), 1n);
        assert.deepEqual(await append(stream, same, expected), first);
        assert.equal((await collect(client.readStream(stream))).length, 3);
      }
    });

    test("an append of nothing changes nothing", async () => {
      const stream = newName();
      await append(stream, events(2));
      const result = await append(stream, [], 1n);
      assert.equal(result.nextExpectedRevision, 1n);
      assert.equal((await collect(client.readStream(stream))).length, 2);
    });

    test("more bytes than an append may have are refused, and nothing of them written", async () => {
      const stream = newName();
      const half = { type: "big", data: new Uint8Array(600 * 1024) };
      await assert.rejects(append(stream, [binaryEvent(half), binaryEvent(half)]), (error) => {
        assert.ok(error instanceof MaxAppendSizeExceededError, error);
        assert.equal(error.maxAppendSize, 1 << 20);
        return true;
      });
      const result = await append(stream, binaryEvent(half), NO_STREAM);
      assert.equal(result.nextExpectedRevision, 0n);
    });

    test("nothing is appended to a tombstoned stream", async () => {
      const stream = newName();
      await client.tombstoneStream(stream);
      await assert.rejects(append(stream, events(1)), (error) => {
        assert.ok(error instanceof StreamDeletedError, error);
        assert.equal(error.streamName, stream);
        return true;
      });
    });

    test("of two appends with one expectation one is written", async () => {
      const stream = newName();
      await append(stream, events(1));
      const results = await Promise.allSettled([
        append(stream, events(1), 0n),
        append(stream, events(1), 0n),
      ]);
      assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
      assert.ok(results.find(({ reason }) => reason).reason instanceof WrongExpectedVersionError);
    });

    test("many appends at once are all written, without gaps", async () => {
      const stream = newName();
      const results = await Promise.all(
        Array.from({ length: 100 }, () => append(stream, events(1))),
      );
      const written = results.map((r) => Number(r.nextExpectedRevision)).sort((a, b) => a - b);
      const all = Array.from({ length: 100 }, (_, i) => i);
      assert.deepEqual(written, all);
      assert.deepEqual(revisions(await collect(client.readStream(stream))), all);
    });

    test("an append in many chunks is one", async () => {
      const stream = newName();
      const many = events(200);
      const result = await client.appendToStream(stream, many, {
        ...options,
        expectedRevision: NO_STREAM,
        batchAppendSize: 1024,
      });
      assert.equal(result.nextExpectedRevision, 199n);
      const read = await collect(client.readStream(stream));
      assert.deepEqual(
        read.map(({ event }) => event.id),
        many.map(({ id }) => id),
      );
    });
  });
}

test("a client that wants no exception is told of the conflict", async () => {
  const mild = connect("&throwOnAppendFailure=false");
  const stream = newName();
  await mild.appendToStream(stream, events(3));
  const append = (options) =>
    mild.appendToStream(stream, events(1), { expectedRevision: 0n, ...options });
  assert.equal((await append({})).success, false);
  assert.deepEqual(await append(WAYS.append), {
    success: false,
    nextExpectedRevision: 2n,
    position: undefined,
  });
  assert.equal((await collect(client.readStream(stream))).length, 3);
});

function wrong(stream, expected, actual) {
  return (error) => {
    assert.ok(error instanceof WrongExpectedVersionError, error);
    assert.equal(error.streamName, stream);
    assert.equal(error.expectedVersion, expected);
    assert.equal(error.actualVersion, actual);
    return true;
  };
}
