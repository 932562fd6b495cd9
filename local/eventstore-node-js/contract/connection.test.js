import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { EventStoreDBClient } from "@eventstore/db-client";
import { address, collect, connect, events, newName } from "./support.js";

const { port } = new URL(address.replace("esdb:", "http:"));

async function works(client) {
  try {
    const stream = newName();
    await client.appendToStream(stream, events(2));
    assert.equal((await collect(client.readStream(stream))).length, 2);
  } finally {
    await client.dispose(); // or its batch of appends keeps this process alive
  }
}

describe("a client finds the node", () => {
  test("by gossip of one host", () =>
    works(EventStoreDBClient.connectionString(`esdb+discover://127.0.0.1:${port}?tls=false`)));

  test("by gossip of several, of which one answers", () =>
    works(
      EventStoreDBClient.connectionString(
        `esdb://127.0.0.1:1,127.0.0.1:${port}?tls=false&nodePreference=leader`,
      ),
    ));

  test("as a leader, with a user that it does not check", () =>
    works(EventStoreDBClient.connectionString(address.replace("//", "//admin:changeit@"))));

  test("as one that has what clients ask for", async () => {
    const features = await connect().capabilities;
    const has = (method, feature) =>
      features.supports({ path: `/event_store.client.${method}` }, feature);
    for (const name of ["create", "update", "delete", "read", "getinfo", "replayparked", "list"]) {
      const method = `persistent_subscriptions.persistentsubscriptions/${name}`;
      assert.ok(has(method, "stream") && has(method, "all"), `trap_13: ${name}`);
    }
    assert.ok(has("persistent_subscriptions.persistentsubscriptions/restartsubsystem"));
  });
});
