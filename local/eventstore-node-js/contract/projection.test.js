import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
  NotFoundError,
  RUNNING,
  START,
  STOPPED,
  UnknownError,
  jsonEvent,
  persistentSubscriptionToStreamSettingsFromDefaults,
} from "@eventstore/db-client";
import {
  Heard,
  collect,
  connect,
  events,
  newCategory,
  newName,
  revisions,
  until,
} from "./support.js";

const client = connect();

const SYSTEM = [
  "$by_category",
  "$by_correlation_id",
  "$by_event_type",
  "$stream_by_category",
  "$streams",
];

before(async () => {
  for (const name of SYSTEM) {
    await client.enableProjection(name);
  }
});

/** The stream once it has so many links; it is filled behind the log. */
const filled = (stream, count) =>
  until(`${count} links in ${stream}`, async () => {
    try {
      const all = await collect(client.readStream(stream, { resolveLinkTos: true }));
      return all.length >= count && all;
    } catch {
      return false; // not there yet
    }
  });

describe("streams of links", () => {
  test("of a category have the events of its streams, in their order", async () => {
    const category = newCategory();
    await client.appendToStream(`${category}-1`, events(2));
    await client.appendToStream(`${category}-2`, events(1, 2));
    await client.appendToStream(`${category}-1`, events(1, 3));
    const links = await filled(`$ce-${category}`, 4);
    assert.deepEqual(
      links.map(({ event }) => [event.streamId, event.type]),
      [
        [`${category}-1`, "event-0"],
        [`${category}-1`, "event-1"],
        [`${category}-2`, "event-2"],
        [`${category}-1`, "event-3"],
      ],
    );
    assert.deepEqual(
      links.map(({ link }) => link.revision),
      [0n, 1n, 2n, 3n],
    );
  });

  test("of a type have its events", async () => {
    const type = newCategory();
    await client.appendToStream(newName(), [...events(1), jsonEvent({ type, data: { n: 1 } })]);
    const [{ event }] = await filled(`$et-${type}`, 1);
    assert.equal(event.type, type);
    assert.deepEqual(event.data, { n: 1 });
  });

  test("of a correlation have what belongs together", async () => {
    const $correlationId = newName("c");
    const one = newName();
    const other = newName();
    const correlated = (type) => jsonEvent({ type, data: {}, metadata: { $correlationId } });
    await client.appendToStream(one, correlated("first"));
    await client.appendToStream(other, [...events(1), correlated("second")]);
    const links = await filled(`$bc-${$correlationId}`, 2);
    assert.deepEqual(
      links.map(({ event }) => event.type),
      ["first", "second"],
    );
  });

  test("of streams name each", async () => {
    const category = newCategory();
    await client.appendToStream(`${category}-1`, events(2));
    await client.appendToStream(`${category}-2`, events(2));
    await until("both streams", async () => {
      const all = await collect(client.readStream("$streams", { resolveLinkTos: true }));
      const mine = all.filter(({ event }) => event?.streamId.startsWith(category));
      return mine.length === 2 && mine.every(({ event }) => event.revision === 0n);
    });
    const names = await until("the category", async () => {
      try {
        const all = await collect(client.readStream(`$category-${category}`));
        return all.length === 2 && all;
      } catch {
        return false;
      }
    });
    assert.deepEqual(
      names.map(({ event }) => Buffer.from(event.data).toString()),
      [`${category}-1`, `${category}-2`],
    );
  });

  test("can be subscribed to", async () => {
    const category = newCategory();
    const heard = new Heard(
      client.subscribeToStream(`$ce-${category}`, { fromRevision: START, resolveLinkTos: true }),
    );
    await heard.live();
    for (let i = 0; i < 5; i++) {
      await client.appendToStream(`${category}-${i}`, events(2));
    }
    await heard.count(10);
    assert.deepEqual(revisions(heard.events), [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]);
    await heard.stop();
  });

  test("can be consumed by groups", async () => {
    const category = newCategory();
    await client.createPersistentSubscriptionToStream(
      `$ce-${category}`,
      "group",
      persistentSubscriptionToStreamSettingsFromDefaults({
        startFrom: START,
        resolveLinkTos: true,
      }),
    );
    const consumed = new Heard(
      client.subscribeToPersistentSubscriptionToStream(`$ce-${category}`, "group"),
      (resolved, subscription) => subscription.ack(resolved),
    );
    await client.appendToStream(`${category}-1`, events(3));
    await consumed.count(3);
    assert.deepEqual(consumed.types, ["event-0", "event-1", "event-2"]);
    await consumed.stop();
  });
});

describe("system projections", () => {
  const status = async (name) => (await client.getProjectionStatus(name)).projectionStatus;

  test("are listed", async () => {
    const names = (await client.listProjections()).map(({ name }) => name).sort();
    assert.deepEqual(names, SYSTEM);
  });

  test("can be stopped, aborted and run again", async () => {
    assert.equal(await status("$by_category"), RUNNING);
    await client.disableProjection("$by_category");
    assert.equal(await status("$by_category"), STOPPED);
    const category = newCategory();
    await client.appendToStream(`${category}-1`, events(1));
    await client.enableProjection("$by_category");
    await filled(`$ce-${category}`, 1);
    await client.abortProjection("$by_category");
    assert.match(await status("$by_category"), /Stopped|Aborted/);
    await client.enableProjection("$by_category");
    assert.equal(await status("$by_category"), RUNNING);
  });

  test("can be reset, and the subsystem restarted", async () => {
    const category = newCategory();
    await client.appendToStream(`${category}-1`, events(2));
    await filled(`$ce-${category}`, 2);
    await client.resetProjection("$by_category");
    await client.restartSubsystem();
    await client.appendToStream(`${category}-1`, events(1));
    await filled(`$ce-${category}`, 3);
  });
});

describe("a projection that is not there", () => {
  test("is not found", async () => {
    for (const call of [
      () => client.getProjectionStatus("nobody"),
      () => client.enableProjection("nobody"),
      () => client.disableProjection("nobody"),
      () => client.resetProjection("nobody"),
    ]) {
      await assert.rejects(call(), (error) => {
        assert.ok(error instanceof NotFoundError, error);
        return true;
      });
    }
  });

  test("cannot be created: there is no JavaScript in the node", async () => {
    await assert.rejects(client.createProjection("mine", "fromAll()"), (error) => {
      assert.ok(error instanceof UnknownError, error);
      assert.match(error.message, /UNIMPLEMENTED/);
      return true;
    });
  });
});
