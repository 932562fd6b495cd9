import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  StreamDeletedError,
  StreamNotFoundError,
  UnknownError,
  binaryEvent,
} from "@eventstore/db-client";
import { collect, connect, events, newName, revisions } from "./support.js";

const client = connect();

describe("a stream", () => {
  const stream = newName();
  const read = async (options) => revisions(await collect(client.readStream(stream, options)));

  before(() => client.appendToStream(stream, events(10)));

  test("is read forwards from its start", async () => {
    assert.deepEqual(await read({}), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert.deepEqual(await read({ maxCount: 3 }), [0, 1, 2]);
    assert.deepEqual(await read({ fromRevision: START, maxCount: 1n }), [0]);
  });

  test("is read forwards from a revision on", async () => {
    assert.deepEqual(await read({ direction: FORWARDS, fromRevision: 7n }), [7, 8, 9]);
    assert.deepEqual(await read({ fromRevision: 4n, maxCount: 2 }), [4, 5]);
    assert.deepEqual(await read({ fromRevision: 10n }), []);
  });

  test("is read backwards from its end", async () => {
    const backwards = { direction: BACKWARDS, fromRevision: END };
    assert.deepEqual(await read(backwards), [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
    assert.deepEqual(await read({ ...backwards, maxCount: 1 }), [9]);
  });

  test("is read backwards from a revision, also from one beyond its end", async () => {
    assert.deepEqual(await read({ direction: BACKWARDS, fromRevision: 2n }), [2, 1, 0]);
    assert.deepEqual(await read({ direction: BACKWARDS, fromRevision: 100n, maxCount: 2 }), [9, 8]);
    assert.deepEqual(await read({ direction: BACKWARDS, fromRevision: START }), [0]);
  });

  test("is read no further than the reader wants", async () => {
    const long = newName();
    await client.appendToStream(long, events(500));
    const reading = client.readStream(long);
    assert.equal((await collect(reading, 5)).length, 5);
    await reading.cancel();
    assert.equal((await collect(client.readStream(long))).length, 500);
  });
});

describe("a stream that is not there", () => {
  test("is not found", async () => {
    const stream = newName("注文");
    for (const direction of [FORWARDS, BACKWARDS]) {
      await assert.rejects(collect(client.readStream(stream, { direction })), (error) => {
        assert.ok(error instanceof StreamNotFoundError, error);
        assert.equal(error.streamName, stream);
        return true;
      });
    }
  });

  test("is deleted, if it was tombstoned", async () => {
    const stream = newName();
    await client.appendToStream(stream, events(1));
    await client.tombstoneStream(stream);
    await assert.rejects(collect(client.readStream(stream)), (error) => {
      assert.ok(error instanceof StreamDeletedError, error);
      assert.equal(error.streamName, stream);
      return true;
    });
  });
});

describe("a link", () => {
  const target = newName();
  const gone = newName();
  const links = newName();
  const link = (text) => binaryEvent({ type: "$>", data: Buffer.from(text) });

  before(async () => {
    await client.appendToStream(target, events(3));
    await client.appendToStream(gone, events(1));
    await client.appendToStream(links, [link(`2@${target}`), link(`0@${gone}`)]);
    await client.deleteStream(gone);
  });

  test("is resolved when asked", async () => {
    const [resolved] = await collect(client.readStream(links, { resolveLinkTos: true }));
    assert.equal(resolved.event.streamId, target);
    assert.equal(resolved.event.revision, 2n);
    assert.equal(resolved.link.streamId, links);
    assert.equal(resolved.link.type, "$>");
    assert.equal(resolved.commitPosition, resolved.link.position.commit);
  });

  test("whose target is gone comes without an event", async () => {
    const [, resolved] = await collect(client.readStream(links, { resolveLinkTos: true }));
    assert.equal(resolved.event, undefined);
    assert.equal(resolved.link.revision, 1n);
  });

  test("is an event like others when not", async () => {
    const [{ event, link }] = await collect(client.readStream(links));
    assert.equal(Buffer.from(event.data).toString(), `2@${target}`);
    assert.equal(link, undefined);
  });
});

describe("$all", () => {
  const stream = newName();
  let positions;

  before(async () => {
    await client.appendToStream(stream, events(5));
    const all = await collect(client.readStream(stream));
    positions = all.map(({ event }) => event.position);
  });

  const mine = async (options) => {
    const all = await collect(client.readAll(options));
    return revisions(all.filter(({ event }) => event.streamId === stream));
  };

  test("is read forwards, the event at the position included", async () => {
    assert.deepEqual(await mine({ fromPosition: START }), [0, 1, 2, 3, 4]);
    assert.deepEqual(await mine({ fromPosition: positions[2] }), [2, 3, 4]);
    assert.deepEqual(await mine({ fromPosition: positions[2], maxCount: 2 }), [2, 3]);
  });

  test("is read backwards, the event at the position excluded", async () => {
    const backwards = { direction: BACKWARDS };
    const fromEnd = { ...backwards, fromPosition: END, maxCount: 5 };
    assert.deepEqual(await mine(fromEnd), [4, 3, 2, 1, 0]);
    const before = { ...backwards, fromPosition: positions[2] };
    assert.deepEqual(await mine({ ...before, maxCount: 100 }), [1, 0]);
    assert.deepEqual(await mine({ ...before, maxCount: 1 }), [1]);
  });

  test("has nothing after its end and before its start", async () => {
    assert.deepEqual(await collect(client.readAll({ fromPosition: END })), []);
    const before = { direction: BACKWARDS, fromPosition: START };
    assert.deepEqual(await collect(client.readAll(before)), []);
  });

  test("has no such position", async () => {
    const nowhere = { commit: 1n << 60n, prepare: 1n << 60n };
    await assert.rejects(collect(client.readAll({ fromPosition: nowhere })), UnknownError);
  });

  test("keeps what was deleted", async () => {
    const deleted = newName();
    await client.appendToStream(deleted, events(2));
    await client.deleteStream(deleted);
    await client.tombstoneStream(deleted);
    const recent = { direction: BACKWARDS, fromPosition: END, maxCount: 20 };
    const all = await collect(client.readAll(recent));
    const kept = all.map(({ event }) => event).filter(({ streamId }) => streamId.endsWith(deleted));
    assert.deepEqual(
      kept.map(({ streamId, type }) => [streamId, type]),
      [
        [deleted, "$streamDeleted"],
        [`$$${deleted}`, "$metadata"],
        [deleted, "event-1"],
        [deleted, "event-0"],
      ],
    );
    assert.equal(kept[0].revision, 9223372036854775807n);
  });

  test("resolves links", async () => {
    const links = newName();
    const link = binaryEvent({ type: "$>", data: Buffer.from(`3@${stream}`) });
    const { position } = await client.appendToStream(links, link);
    const options = { fromPosition: position, maxCount: 1, resolveLinkTos: true };
    const [resolved] = await collect(client.readAll(options));
    assert.equal(resolved.event.revision, 3n);
    assert.equal(resolved.link.streamId, links);
  });
});
