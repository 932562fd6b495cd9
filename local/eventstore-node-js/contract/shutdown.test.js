import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import {
  EventStoreDBClient,
  START,
  UnavailableError,
  persistentSubscriptionToStreamSettingsFromDefaults,
} from "@eventstore/db-client";
import { Heard, events, newName, until } from "./support.js";

/** How a node is started, separated by spaces; this file stops one of its own. */
const command = process.env.KIROKU_EVENTSTORE_COMMAND;
if (!command) {
  throw new Error("KIROKU_EVENTSTORE_COMMAND starts no node; see README.md");
}

async function start(port = 0) {
  const [program, ...parameters] = command.split(" ");
  const node = spawn(program, [...parameters, "--port", port], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  after(() => node.kill("SIGKILL"));
  for await (const line of createInterface({ input: node.stdout })) {
    const listens = /listens on [^:]+:(\d+)/.exec(line);
    if (listens) {
      return { node, port: Number(listens[1]) };
    }
  }
  throw new Error("the node did not start");
}

async function stop(node) {
  node.kill("SIGTERM");
  await once(node, "exit");
}

// gRPC's status UNAVAILABLE: what fails at connecting comes without a class of its own.
const isUnavailable = ({ code }) => code === 14;

describe("a node that is stopped", () => {
  const stream = newName();
  let client;
  let running;
  let heard;

  before(async () => {
    running = await start();
    client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${running.port}?tls=false`);
    await client.appendToStream(stream, events(1));
    await client.createPersistentSubscriptionToStream(
      stream,
      "group",
      persistentSubscriptionToStreamSettingsFromDefaults({ startFrom: START }),
    );
    heard = {
      stream: new Heard(client.subscribeToStream(stream)),
      $all: new Heard(client.subscribeToAll()),
      group: new Heard(client.subscribeToPersistentSubscriptionToStream(stream, "group")),
    };
    for (const subscription of Object.values(heard)) {
      await subscription.count(1);
    }
    await stop(running.node);
  });

  after(() => client.dispose());

  for (const kind of ["stream", "$all", "group"]) {
    test(`trap_3: tells a subscription to a ${kind} that it is unavailable`, async () => {
      const error = await heard[kind].failure();
      assert.ok(error instanceof UnavailableError, error);
    });
  }

  test("takes no appends", async () => {
    await assert.rejects(client.appendToStream(stream, events(1)), isUnavailable);
  });

  test("is found again by its clients when it is back", async () => {
    await start(running.port);
    await until("an append", () =>
      client.appendToStream(stream, events(1)).catch((error) => {
        assert.ok(isUnavailable(error), error);
        return false;
      }),
    );
  });
});
