import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  ANY,
  NO_STREAM,
  STREAM_EXISTS,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
} from "@eventstore/db-client";
import { collect, connect, events, newName, revisions } from "./support.js";

const client = connect();

async function filled(count = 3) {
  const stream = newName();
  await client.appendToStream(stream, events(count));
  return stream;
}

const wrongVersion = (stream, expected, actual) => (error) => {
  assert.ok(error instanceof WrongExpectedVersionError, error);
  assert.equal(error.streamName, stream);
  assert.equal(error.expectedVersion, expected);
  assert.equal(error.actualVersion, actual);
  return true;
};

describe("a deleted stream", () => {
  test("is not found", async () => {
    const stream = await filled();
    const { position } = await client.deleteStream(stream);
    assert.equal(typeof position.commit, "bigint");
    await assert.rejects(collect(client.readStream(stream)), StreamNotFoundError);
  });

  test("goes on with its numbers when it is written to again", async () => {
    for (const expectedRevision of [ANY, NO_STREAM, 2n]) {
      const stream = await filled();
      await client.deleteStream(stream, { expectedRevision: 2n });
      const again = await client.appendToStream(stream, events(2), { expectedRevision });
      assert.equal(again.nextExpectedRevision, 4n);
      assert.deepEqual(revisions(await collect(client.readStream(stream))), [3, 4]);
    }
  });

  test("does not exist for an append that wants it to", async () => {
    const stream = await filled();
    await client.deleteStream(stream);
    await assert.rejects(
      client.appendToStream(stream, events(1), { expectedRevision: STREAM_EXISTS }),
      StreamDeletedError,
    );
  });

  test("can be deleted again", async () => {
    const stream = await filled();
    await client.deleteStream(stream);
    await client.deleteStream(stream);
  });

  test("was not deleted at another revision", async () => {
    const stream = await filled();
    await assert.rejects(
      client.deleteStream(stream, { expectedRevision: 1n }),
      wrongVersion(stream, 1n, 2n),
    );
    assert.equal((await collect(client.readStream(stream))).length, 3);
  });

  test("was there before", async () => {
    const stream = newName();
    await assert.rejects(client.deleteStream(stream), WrongExpectedVersionError);
  });
});

describe("a tombstone", () => {
  test("is for ever", async () => {
    const stream = await filled();
    const { position } = await client.tombstoneStream(stream, { expectedRevision: 2n });
    assert.equal(typeof position.commit, "bigint");
    for (const call of [
      () => client.appendToStream(stream, events(1)),
      () => client.appendToStream(stream, events(1), { expectedRevision: NO_STREAM }),
      () => collect(client.readStream(stream)),
      () => client.deleteStream(stream),
      () => client.tombstoneStream(stream),
      () => client.setStreamMetadata(stream, { maxCount: 1 }),
    ]) {
      await assert.rejects(call(), (error) => {
        assert.ok(error instanceof StreamDeletedError, error);
        return true;
      });
    }
  });

  test("can be set where nothing was", async () => {
    const stream = newName();
    await client.tombstoneStream(stream, { expectedRevision: NO_STREAM });
    await assert.rejects(collect(client.readStream(stream)), StreamDeletedError);
  });

  test("is refused at another revision", async () => {
    const stream = await filled();
    await assert.rejects(
      client.tombstoneStream(stream, { expectedRevision: 7n }),
      wrongVersion(stream, 7n, 2n),
    );
  });
});
