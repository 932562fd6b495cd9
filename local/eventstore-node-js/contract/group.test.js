import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  DISPATCH_TO_SINGLE,
  END,
  PARK,
  PINNED,
  PersistentSubscriptionDoesNotExistError,
  PersistentSubscriptionDroppedError,
  PersistentSubscriptionExistsError,
  PersistentSubscriptionFailedError,
  PersistentSubscriptionMaximumSubscribersReachedError,
  RETRY,
  ROUND_ROBIN,
  SKIP,
  START,
  binaryEvent,
  persistentSubscriptionToAllSettingsFromDefaults,
  persistentSubscriptionToStreamSettingsFromDefaults,
  streamNameFilter,
} from "@eventstore/db-client";
import { Heard, connect, events, newName, revisions, types, until } from "./support.js";

const client = connect("&connectionName=the-suite");

const ack = (resolved, subscription) => subscription.ack(resolved);
const never = () => {};

/** A group of one stream, and the same calls for each kind of source. */
const toStream = {
  settings: persistentSubscriptionToStreamSettingsFromDefaults,
  from: (n) => BigInt(n),
  group: () => {
    const stream = newName("s");
    const name = newName("group");
    return {
      stream,
      name,
      source: stream,
      create: (settings) => client.createPersistentSubscriptionToStream(stream, name, settings),
      update: (settings) => client.updatePersistentSubscriptionToStream(stream, name, settings),
      remove: () => client.deletePersistentSubscriptionToStream(stream, name),
      info: () => client.getPersistentSubscriptionToStreamInfo(stream, name),
      list: () => client.listPersistentSubscriptionsToStream(stream),
      replay: (options) => client.replayParkedMessagesToStream(stream, name, options),
      consume: (onEvent, options) =>
        new Heard(client.subscribeToPersistentSubscriptionToStream(stream, name, options), onEvent),
    };
  },
};

const toAll = {
  settings: persistentSubscriptionToAllSettingsFromDefaults,
  group: () => {
    const stream = newName("a");
    const name = newName("group");
    const filter = streamNameFilter({ prefixes: [stream] });
    return {
      stream,
      name,
      source: "$all",
      create: (settings) => client.createPersistentSubscriptionToAll(name, settings, { filter }),
      update: (settings) => client.updatePersistentSubscriptionToAll(name, settings),
      remove: () => client.deletePersistentSubscriptionToAll(name),
      info: () => client.getPersistentSubscriptionToAllInfo(name),
      list: () => client.listPersistentSubscriptionsToAll(),
      replay: (options) => client.replayParkedMessagesToAll(name, options),
      consume: (onEvent, options) =>
        new Heard(client.subscribeToPersistentSubscriptionToAll(name, options), onEvent),
    };
  },
};

for (const [kind, { settings, group }] of Object.entries({ stream: toStream, $all: toAll })) {
  const fromStart = (more = {}) => settings({ startFrom: START, ...more });
  const settled = (g) =>
    until("all answered", async () => (await g.info()).stats.totalInFlightMessages === 0);
  const parked = (g, count) =>
    until(
      `${count} parked`,
      async () => Number((await g.info()).stats.parkedMessageCount) === count,
    );

  describe(`a group of ${kind}`, () => {
    test("from the start delivers what is there and what comes", async () => {
      const g = group();
      await client.appendToStream(g.stream, events(30));
      await g.create(fromStart());
      const consumed = g.consume(ack);
      await consumed.count(30);
      await client.appendToStream(g.stream, events(20));
      await consumed.count(50);
      assert.deepEqual(
        revisions(consumed.events),
        Array.from({ length: 50 }, (_, i) => i),
      );
      assert.ok(consumed.retries.every((count) => count === 0));
      assert.equal(consumed.subscription.id, `${g.source}::${g.name}`);
      await consumed.stop();
    });

    test("from the end keeps what comes before anybody connects", async () => {
      const g = group();
      await client.appendToStream(g.stream, events(3));
      await g.create(settings({ startFrom: END }));
      await client.appendToStream(g.stream, events(2, 3));
      const consumed = g.consume(ack);
      await consumed.count(2);
      assert.deepEqual(consumed.types, ["event-3", "event-4"]);
      await consumed.stop();
    });

    test("delivers unanswered messages again after a disconnect", async () => {
      const g = group();
      await g.create(fromStart());
      await client.appendToStream(g.stream, events(4));
      const silent = g.consume(never);
      await silent.count(4);
      await silent.stop();
      const consumed = g.consume(ack);
      await consumed.count(4);
      assert.deepEqual(revisions(consumed.events), [0, 1, 2, 3]);
      assert.deepEqual(consumed.retries, [1, 1, 1, 1]);
      await consumed.stop();
    });

    test("delivers messages again that are not answered in time", async () => {
      const g = group();
      await g.create(fromStart({ messageTimeout: 300 }));
      await client.appendToStream(g.stream, events(1));
      const consumed = g.consume(
        (resolved, subscription) => resolved.retryCount > 0 && subscription.ack(resolved),
      );
      await consumed.count(2);
      await settled(g);
      await consumed.stop();
    });

    test("parks what was refused too often, and replays it", async () => {
      const g = group();
      await g.create(fromStart({ maxRetryCount: 2 }));
      await client.appendToStream(g.stream, events(1));
      let healed = false;
      const consumed = g.consume((resolved, subscription) =>
        healed ? subscription.ack(resolved) : subscription.nack(RETRY, "not yet", resolved),
      );
      await parked(g, 1);
      assert.deepEqual(consumed.retries, [0, 1, 2]);
      healed = true;
      await g.replay();
      await consumed.count(4);
      assert.deepEqual([...new Set(types(consumed.events))], ["event-0"]);
      await parked(g, 0);
      await consumed.stop();
    });

    test("parks and skips at once what it is told to", async () => {
      const g = group();
      await g.create(fromStart());
      await client.appendToStream(g.stream, events(4));
      const consumed = g.consume((resolved, subscription) =>
        subscription.nack(resolved.event.revision % 2n === 0n ? PARK : SKIP, "because", resolved),
      );
      await parked(g, 2);
      await settled(g);
      assert.equal(consumed.events.length, 4);
      await consumed.stop();
    });

    test("replays parked messages up to where it is told", async () => {
      const g = group();
      await g.create(fromStart());
      await client.appendToStream(g.stream, events(3));
      const consumed = g.consume((resolved, subscription) =>
        consumed.events.length > 3
          ? subscription.ack(resolved)
          : subscription.nack(PARK, "because", resolved),
      );
      await parked(g, 3);
      await g.replay({ stopAt: 2 });
      await consumed.count(5);
      await parked(g, 1);
      assert.deepEqual(types(consumed.events.slice(3)), ["event-0", "event-1"]);
      await consumed.stop();
    });

    test("answers of many messages at once count for each", async () => {
      const g = group();
      await g.create(fromStart());
      await client.appendToStream(g.stream, events(5));
      const consumed = g.consume(never);
      await consumed.count(5);
      await consumed.subscription.ack(...consumed.events.slice(0, 3));
      await consumed.subscription.nack(PARK, "both", ...consumed.events.slice(3));
      await parked(g, 2);
      await settled(g);
      await consumed.stop();
    });

    test("sends no more at a time than the consumer has room for", async () => {
      const g = group();
      await g.create(fromStart());
      await client.appendToStream(g.stream, events(5));
      const consumed = g.consume(never, { bufferSize: 2 });
      await consumed.count(2);
      const { connections } = await until("the connection", async () => {
        const info = await g.info();
        return info.connections.length === 1 && info;
      });
      assert.equal(connections[0].availableSlots, 0);
      assert.equal(connections[0].inFlightMessages, 2);
      await consumed.subscription.ack(...consumed.events);
      await consumed.count(4);
      assert.deepEqual(revisions(consumed.events), [0, 1, 2, 3]);
      await consumed.stop();
    });

    test("tells its settings and what it knows", async () => {
      const g = group();
      const given = settings({
        startFrom: START,
        resolveLinkTos: true,
        extraStatistics: true,
        messageTimeout: 12_000,
        maxRetryCount: 7,
        checkPointAfter: 3_000,
        checkPointLowerBound: 2,
        checkPointUpperBound: 50,
        maxSubscriberCount: 3,
        liveBufferSize: 321,
        readBatchSize: 12,
        historyBufferSize: 123,
        consumerStrategyName: PINNED,
      });
      await g.create(given);
      await client.appendToStream(g.stream, events(4));
      const consumed = g.consume(ack);
      await consumed.count(4);
      const info = await until("4 messages", async () => {
        const now = await g.info();
        return now.stats.totalItems === 4n && now;
      });
      assert.equal(info.eventSource, g.source);
      assert.equal(info.groupName, g.name);
      assert.deepEqual(info.settings, given);
      assert.match(info.status, /Live|Behind/);
      assert.equal(info.connections[0].connectionName, "the-suite");
      assert.equal(info.connections[0].username, "anonymous");
      assert.equal(info.connections[0].from, "");
      assert.equal(info.connections[0].totalItems, 4n);
      await consumed.stop();
    });

    test("is listed, until it is deleted", async () => {
      const g = group();
      await g.create(settings());
      const names = async (list) => (await list).map(({ groupName }) => groupName);
      assert.ok((await names(g.list())).includes(g.name));
      assert.ok((await names(client.listAllPersistentSubscriptions())).includes(g.name));
      await g.remove();
      assert.ok(!(await names(client.listAllPersistentSubscriptions())).includes(g.name));
      await assert.rejects(g.info(), missing(g));
    });

    test("drops its consumers when it is updated or deleted", async () => {
      const g = group();
      await g.create(settings());
      const dropped = async (change) => {
        const consumed = g.consume(ack);
        await until("confirmation", () => consumed.confirmed);
        await change();
        const error = await consumed.failure();
        assert.ok(error instanceof PersistentSubscriptionDroppedError, error);
        assert.equal(error.streamName, g.source);
        assert.equal(error.groupName, g.name);
      };
      await dropped(() => g.update(settings({ maxRetryCount: 3 })));
      assert.equal((await g.info()).settings.maxRetryCount, 3);
      await dropped(() => g.remove());
    });

    test("is created once", async () => {
      const g = group();
      await g.create(settings());
      await assert.rejects(g.create(settings()), (error) => {
        assert.ok(error instanceof PersistentSubscriptionExistsError, error);
        assert.equal(error.streamName, g.source);
        assert.equal(error.groupName, g.name);
        return true;
      });
    });

    test("that is not there is not found, whatever is asked of it", async () => {
      const g = group();
      for (const call of [
        () => g.update(settings()),
        () => g.remove(),
        () => g.info(),
        () => g.replay(),
        () =>
          g
            .consume(ack)
            .failure()
            .then((error) => Promise.reject(error)),
      ]) {
        await assert.rejects(call(), missing(g));
      }
    });

    test("is not created with settings that make no sense", async () => {
      const g = group();
      const nonsense = { readBatchSize: 100, historyBufferSize: 100 };
      await assert.rejects(g.create(settings(nonsense)), (error) => {
        assert.ok(error instanceof PersistentSubscriptionFailedError, error);
        assert.equal(error.streamName, g.source);
        assert.equal(error.groupName, g.name);
        assert.ok(error.reason.length > 0);
        return true;
      });
    });

    test("has no more consumers than it may", async () => {
      const g = group();
      await g.create(settings({ maxSubscriberCount: 1 }));
      const first = g.consume(ack);
      await until("confirmation", () => first.confirmed);
      const error = await g.consume(ack).failure();
      assert.ok(error instanceof PersistentSubscriptionMaximumSubscribersReachedError, error);
      await first.stop();
    });

    test("goes on after its checkpoint when its consumers come back", async () => {
      const g = group();
      await g.create(fromStart({ checkPointLowerBound: 1, checkPointUpperBound: 1 }));
      await client.appendToStream(g.stream, events(5));
      const first = g.consume(ack);
      await first.count(5);
      await settled(g);
      await first.stop();
      await client.appendToStream(g.stream, events(2, 5));
      const second = g.consume(ack);
      await second.count(2);
      assert.deepEqual(second.types, ["event-5", "event-6"]);
      await second.stop();
    });
  });
}

describe("consumers", () => {
  const sharing = async (consumerStrategyName) => {
    const g = toAll.group();
    await g.create(toAll.settings({ startFrom: START, consumerStrategyName }));
    const both = [g.consume(ack), g.consume(ack)];
    for (const consumed of both) {
      await until("confirmation", () => consumed.confirmed);
    }
    return { g, both, total: () => both[0].events.length + both[1].events.length };
  };
  const end = (both) => Promise.all(both.map((consumed) => consumed.stop()));

  test("take turns", async () => {
    const { g, both, total } = await sharing(ROUND_ROBIN);
    await client.appendToStream(g.stream, events(40));
    await until("40 events", () => total() === 40);
    assert.ok(both.every(({ events }) => events.length >= 10));
    await end(both);
  });

  test("keep to one while it has room", async () => {
    const { g, both, total } = await sharing(DISPATCH_TO_SINGLE);
    for (let i = 0; i < 5; i++) {
      await client.appendToStream(g.stream, events(1));
      await until(`${i + 1} events`, () => total() === i + 1);
    }
    assert.deepEqual(both.map(({ events }) => events.length).sort(), [0, 5]);
    await end(both);
  });

  test("have streams of their own when pinned", async () => {
    const { g, both, total } = await sharing(PINNED);
    for (let i = 0; i < 20; i++) {
      await client.appendToStream(`${g.stream}-${i}`, events(3));
    }
    await until("60 events", () => total() === 60);
    const [one, other] = both.map(
      ({ events }) => new Set(events.map(({ event }) => event.streamId)),
    );
    assert.ok(one.size > 0 && other.size > 0);
    assert.ok([...one].every((stream) => !other.has(stream)));
    await end(both);
  });
});

describe("a group of a stream of links", () => {
  test("trap_10: is acknowledged by the link", async () => {
    const target = newName();
    const g = toStream.group();
    await client.appendToStream(target, events(2));
    const link = (n) => binaryEvent({ type: "$>", data: Buffer.from(`${n}@${target}`) });
    await client.appendToStream(g.stream, [link(0), link(1)]);
    await g.create(toStream.settings({ startFrom: START, resolveLinkTos: true }));
    const consumed = g.consume(ack);
    await consumed.count(2);
    assert.deepEqual(consumed.types, ["event-0", "event-1"]);
    assert.ok(consumed.events.every(({ link }) => link.streamId === g.stream));
    await until("both answered", async () => {
      const { stats } = await g.info();
      return stats.totalInFlightMessages === 0;
    });
    await consumed.stop();
  });
});

describe("groups", () => {
  test("start where they are told", async () => {
    const one = toStream.group();
    await client.appendToStream(one.stream, events(5));
    await one.create(toStream.settings({ startFrom: 3n }));
    const consumed = one.consume(ack);
    await consumed.count(2);
    assert.deepEqual(revisions(consumed.events), [3, 4]);
    assert.equal((await one.info()).settings.startFrom, 3n);
    await consumed.stop();

    const all = toAll.group();
    const { position } = await client.appendToStream(all.stream, events(3));
    await client.appendToStream(all.stream, events(2));
    await all.create(toAll.settings({ startFrom: position }));
    const rest = all.consume(ack);
    await rest.count(3);
    assert.deepEqual(revisions(rest.events), [2, 3, 4]);
    assert.deepEqual((await all.info()).settings.startFrom, position);
    await rest.stop();
  });

  test("of a stream without any are not found", async () => {
    const stream = newName();
    await assert.rejects(client.listPersistentSubscriptionsToStream(stream), (error) => {
      assert.ok(error instanceof PersistentSubscriptionDoesNotExistError, error);
      assert.equal(error.streamName, stream);
      assert.equal(error.groupName, "");
      return true;
    });
  });

  test("are there again after a restart of their subsystem, without their consumers", async () => {
    const g = toAll.group();
    await g.create(toAll.settings({ startFrom: START }));
    await client.appendToStream(g.stream, events(2));
    const before = g.consume(never);
    await before.count(2);
    await client.restartPersistentSubscriptionSubsystem();
    const error = await before.failure();
    assert.ok(error instanceof PersistentSubscriptionDroppedError, error);
    const after = g.consume(ack);
    await after.count(2);
    await after.stop();
  });
});

function missing(g) {
  return (error) => {
    assert.ok(error instanceof PersistentSubscriptionDoesNotExistError, error);
    assert.equal(error.streamName, g.source);
    assert.equal(error.groupName, g.name);
    return true;
  };
}
