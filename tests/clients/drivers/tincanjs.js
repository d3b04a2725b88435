/* TinCanJS, by Rustici Software: 1.0.2 is the newest version that it speaks. */
"use strict";

const TinCan = require("tincanjs");
const main = require("./steps.js");

main((plan) => {
  const { endpoint, key, secret, version } = plan;
  const lrs = new TinCan.LRS({ endpoint, username: key, password: secret, version });
  const agent = new TinCan.Agent(plan.agent);
  const activity = new TinCan.Activity({ id: plan.activity });

  /** Call a method of the client: its result, or the status as `err`. */
  const call = (method, ...args) =>
    new Promise((resolve) => {
      const settings = args.pop();
      lrs[method](...args, { ...settings, callback: (err, result) => resolve({ err, result }) });
    });
  const done = async (...args) => {
    const { err, result } = await call(...args);
    if (err !== null) throw new Error(`status ${err}: ${result?.responseText}`);
    return result;
  };
  const statement = (json) => new TinCan.Statement(json, { doStamp: false });
  const ids = (result) => result.statements.map((one) => one.id);
  const queryOf = ({ agent: who, ...rest }) => ({ ...rest, ...(who && { agent: new TinCan.Agent(who) }) });

  /** State and both profiles: they differ in their names and in what they belong to. */
  const documents = ({ save, retrieve, retrieveIds, drop }, place) => async () => {
    const [first, more, last] = plan.documents;
    const put = (id, value, settings) =>
      call(save, id, value, { ...place, contentType: "application/json", ...settings });
    const get = (id) => done(retrieve, id, { ...place });
    await put("kept", first, {});
    const before = await get("kept");
    await put("kept", more, { method: "POST", lastSHA1: before.etag });
    const merged = await get("kept");
    await put("kept", last, { lastSHA1: merged.etag });
    const stale = await put("kept", first, { lastSHA1: before.etag });
    // The client can send the header for a profile only, where it does so by itself.
    const again = save === "saveState" ? undefined : (await put("kept", first, {})).err;
    await put("gone", first, {});
    await done(drop, "gone", { ...place });
    return {
      etag: before.etag,
      first: before.contents,
      merged: merged.contents,
      last: (await get("kept")).contents,
      stale: stale.err,
      again,
      gone: await get("gone"),
      ids: await done(retrieveIds, { ...place }),
    };
  };

  return {
    about: async () => (await done("about", { params: {} })).version,
    single: async () => JSON.parse((await done("saveStatement", statement(plan.single), {})).responseText)[0],
    put: async () => (await done("saveStatement", statement(plan.put), {})).status,
    batch: async () => JSON.parse((await done("saveStatements", plan.batch.map(statement), {})).responseText),
    conflict: async () => (await call("saveStatement", statement(plan.conflicting), {})).err,
    invalid: async () => {
      const { err, result } = await call("saveStatements", plan.invalid.map(statement), {});
      return { status: err, problems: JSON.parse(result.responseText).problems };
    },
    get: async () => (await done("retrieveStatement", plan.put.id, {})).asVersion(version),
    filters: async () => {
      const found = {};
      for (const [name, params] of Object.entries(plan.filters)) {
        found[name] = ids(await done("queryStatements", { params: queryOf(params) }));
      }
      return found;
    },
    idsFormat: async () => {
      const params = { activity: plan.activity, format: "ids", limit: 1 };
      return (await done("queryStatements", { params })).statements[0].asVersion(version);
    },
    pages: async () => {
      const pages = [];
      let result = await done("queryStatements", { params: { activity: plan.activity, limit: plan.limit } });
      for (;;) {
        pages.push(ids(result));
        if (!result.more) return pages;
        result = await done("moreStatements", { url: result.more });
      }
    },
    voiding: async () => {
      const voiding = { actor: plan.agent, verb: plan.voidingVerb, object: { objectType: "StatementRef", id: plan.put.id } };
      await done("saveStatement", statement(voiding), {});
      const gone = (await call("retrieveStatement", plan.put.id, {})).err;
      return { gone, voided: (await done("retrieveVoidedStatement", plan.put.id, {})).id };
    },
    state: documents(
      { save: "saveState", retrieve: "retrieveState", retrieveIds: "retrieveStateIds", drop: "dropState" },
      { agent, activity, registration: plan.registration },
    ),
    activityProfile: documents(
      {
        save: "saveActivityProfile",
        retrieve: "retrieveActivityProfile",
        retrieveIds: "retrieveActivityProfileIds",
        drop: "dropActivityProfile",
      },
      { activity },
    ),
    agentProfile: documents(
      {
        save: "saveAgentProfile",
        retrieve: "retrieveAgentProfile",
        retrieveIds: "retrieveAgentProfileIds",
        drop: "dropAgentProfile",
      },
      { agent },
    ),
    activity: async () => (await done("retrieveActivity", plan.activity, {})).asVersion(version),
    attachment: async () => {
      const { data, ...fields } = plan.attachment;
      const sent = new TinCan.Attachment({ ...fields, contentType: fields.contentType });
      sent.setContentFromString(data);
      const carrier = statement({ ...plan.attached, attachments: [sent] });
      await done("saveStatement", carrier, {});
      const got = await done("retrieveStatement", plan.attached.id, { params: { attachments: true } });
      return { sha2: got.attachments[0].sha2, data: got.attachments[0].getContentAsString() };
    },
    // In a page, the client sends whatever would need a longer address in the alternate syntax.
    long: async () => {
      const settings = { activity: { id: plan.otherActivity } };
      const name = "long ".repeat(420);
      const contentType = "application/json";
      await done("saveActivityProfile", name, plan.documents[0], { ...settings, contentType });
      return (await done("retrieveActivityProfile", name, settings)).contents;
    },
    denied: async () => {
      const stranger = new TinCan.LRS({ endpoint, username: key, password: "wrong", version });
      return new Promise((resolve) => {
        stranger.queryStatements({ params: {}, callback: (err) => resolve(err) });
      });
    },
  };
});
