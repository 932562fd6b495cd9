import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { NO_STREAM, StreamNotFoundError, WrongExpectedVersionError } from "@eventstore/db-client";
import { collect, connect, events, newName, revisions } from "./support.js";

const client = connect();

async function filled(count = 10) {
  const stream = newName();
  await client.appendToStream(stream, events(count));
  return stream;
}

const read = async (stream) => revisions(await collect(client.readStream(stream)));

describe("metadata of a stream", () => {
  test("comes back as it was set", async () => {
    const stream = newName();
    const metadata = {
      maxAge: 3600,
      maxCount: 5,
      truncateBefore: 2,
      cacheControl: 10,
      acl: { readRoles: ["$all"], writeRoles: ["me", "you"], deleteRoles: ["$admins"] },
      owner: { name: "me" },
    };
    const { position } = await client.setStreamMetadata(stream, metadata);
    assert.deepEqual(await client.getStreamMetadata(stream), {
      streamName: stream,
      metadata,
      metastreamRevision: position.commit,
    });
  });

  test("is absent before it is set", async () => {
    const stream = await filled(1);
    assert.deepEqual(await client.getStreamMetadata(stream), { streamName: stream });
  });

  test("trap_4: is what was set last, also for who reads the stream of it from its start", async () => {
    const stream = newName();
    for (const maxCount of [1, 2, 3]) {
      await client.setStreamMetadata(stream, { maxCount });
    }
    assert.equal((await client.getStreamMetadata(stream)).metadata.maxCount, 3);
    const all = await collect(client.readStream(`$$${stream}`));
    assert.deepEqual(revisions(all), [2]);
  });

  test("is set under an expected revision", async () => {
    const stream = newName();
    await client.setStreamMetadata(stream, { maxCount: 1 }, { expectedRevision: NO_STREAM });
    await client.setStreamMetadata(stream, { maxCount: 2 }, { expectedRevision: 0n });
    await assert.rejects(
      client.setStreamMetadata(stream, { maxCount: 3 }, { expectedRevision: 0n }),
      WrongExpectedVersionError,
    );
    assert.equal((await client.getStreamMetadata(stream)).metadata.maxCount, 2);
  });

  test("bounds how many events are seen", async () => {
    const stream = await filled();
    await client.setStreamMetadata(stream, { maxCount: 3 });
    assert.deepEqual(await read(stream), [7, 8, 9]);
    await client.appendToStream(stream, events(1));
    assert.deepEqual(await read(stream), [8, 9, 10]);
  });

  test("bounds from which revision events are seen", async () => {
    const stream = await filled();
    await client.setStreamMetadata(stream, { truncateBefore: 8 });
    assert.deepEqual(await read(stream), [8, 9]);
    await client.setStreamMetadata(stream, {});
    assert.equal((await read(stream)).length, 10);
  });

  test("of a stream with events that are all truncated finds it, without any", async () => {
    const stream = await filled();
    await client.setStreamMetadata(stream, { truncateBefore: 100 });
    assert.deepEqual(await read(stream), []);
  });

  test("of a stream without events does not make it found", async () => {
    const stream = newName();
    await client.setStreamMetadata(stream, { maxCount: 3 });
    await assert.rejects(read(stream), StreamNotFoundError);
  });

  test("written after a delete brings the stream back, empty", async () => {
    const stream = await filled();
    await client.deleteStream(stream);
    await client.setStreamMetadata(stream, { owner: "me" });
    assert.deepEqual(await read(stream), []);
    await client.appendToStream(stream, events(1));
    assert.deepEqual(await read(stream), [10]);
    assert.equal((await client.getStreamMetadata(stream)).metadata.owner, "me");
  });
});
