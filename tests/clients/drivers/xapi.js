/* @xapi/xapi, with either of its two ways to send: axios or fetch. */
"use strict";

const XAPI = require("@xapi/xapi");
const main = require("./steps.js");

const isNode = typeof process !== "undefined";

main((plan) => {
  const { endpoint, key, secret, version, adapter } = plan;
  const client = (password) =>
    new XAPI({ endpoint, version, adapter, auth: XAPI.toBasicAuth(key, password) });
  const xapi = client(secret);
  const { agent, activity: activityId, registration } = plan;

  // The client does not tell the status of what it sent with fetch and was refused.
  let fetched = null;
  const sentWith = globalThis.fetch;
  globalThis.fetch = async (...args) => {
    const answer = await sentWith(...args);
    fetched = answer.status;
    return answer;
  };

  /** What became of a request that may be refused: its status, and the body as it was read. */
  const outcomeOf = async (promise) => {
    try {
      return await promise;
    } catch (error) {
      if (adapter === "axios" && error.response) return error.response;
      if (adapter === "fetch" && fetched >= 400) return { status: fetched, data: JSON.parse(error.message) };
      throw error;
    }
  };
  const statusOf = async (promise) => (await outcomeOf(promise)).status;
  const ids = (answer) => answer.data.statements.map((one) => one.id);

  const documents = (name, field, place) => async () => {
    const [first, more, last] = plan.documents;
    const idName = field === "state" ? "stateId" : "profileId";
    const call = (verb, id, rest) => xapi[`${verb}${name}`]({ ...place, [idName]: id, ...rest });
    const ifNone = { matchHeader: "If-None-Match", etag: "*" };
    const ifMatch = (etag) => ({ matchHeader: "If-Match", etag });
    await call("set", "kept", { [field]: first, ...ifNone });
    const before = await call("get", "kept");
    await call("create", "kept", { [field]: more, ...ifMatch(before.headers.etag) });
    const merged = await call("get", "kept");
    await call("set", "kept", { [field]: last, ...ifMatch(merged.headers.etag) });
    const stale = await statusOf(call("set", "kept", { [field]: first, ...ifMatch(before.headers.etag) }));
    const again = await statusOf(call("set", "kept", { [field]: first, ...ifNone }));
    await call("create", "gone", { [field]: first });
    await call("delete", "gone", { etag: (await call("get", "gone")).headers.etag });
    return {
      etag: before.headers.etag,
      first: before.data,
      merged: merged.data,
      last: (await call("get", "kept")).data,
      stale,
      again,
      // Without a header: xAPI 1.0 lets a state be replaced blindly, 2.0 does not.
      blind: field === "state" ? await statusOf(call("set", "kept", { [field]: last })) : undefined,
      gone: await statusOf(call("get", "gone")),
      ids: (await xapi[`get${name}s`](place)).data,
    };
  };

  const [{ data: text, ...described }, other] = [plan.attachment, plan.otherAttachment];
  const send = (statement, attachments, ...contents) =>
    xapi.sendStatement({
      statement: { ...statement, attachments },
      attachments: contents.map((one) => new TextEncoder().encode(one).buffer),
    });
  // Under node, axios puts application/octet-stream in the place of multipart/mixed.
  const refusedAttachment = () => statusOf(send(plan.attached, [described], text));
  const withAttachments = () => ({
    attachment: async () => {
      await send(plan.attached, [described], text);
      const got = (await xapi.getStatement({ statementId: plan.attached.id, attachments: true })).data;
      return { sha2: got[0].attachments[0].sha2, data: got[1] };
    },
    // Between the data of two attachments the client writes no line break.
    twoAttachments: () =>
      statusOf(send(plan.twiceAttached, [described, { ...described, ...other }], text, "other")),
  });

  return {
    about: async () => (await xapi.getAbout()).data.version,
    single: async () => (await xapi.sendStatement({ statement: plan.single })).data[0],
    put: async () => (await xapi.sendStatement({ statement: plan.put })).status,
    batch: async () => (await xapi.sendStatements({ statements: plan.batch })).data,
    conflict: () => statusOf(xapi.sendStatement({ statement: plan.conflicting })),
    invalid: async () => {
      const { status, data } = await outcomeOf(xapi.sendStatements({ statements: plan.invalid }));
      return { status, problems: data.problems };
    },
    get: async () => (await xapi.getStatement({ statementId: plan.put.id })).data,
    filters: async () => {
      const found = {};
      for (const [name, params] of Object.entries(plan.filters)) {
        found[name] = ids(await xapi.getStatements(params));
      }
      return found;
    },
    idsFormat: async () =>
      (await xapi.getStatements({ activity: activityId, format: "ids", limit: 1 })).data.statements[0],
    pages: async () => {
      const pages = [];
      let answer = await xapi.getStatements({ activity: activityId, limit: plan.limit });
      for (;;) {
        pages.push(ids(answer));
        if (!answer.data.more) return pages;
        answer = await xapi.getMoreStatements({ more: answer.data.more });
      }
    },
    voiding: async () => {
      await xapi.voidStatement({ actor: agent, statementId: plan.put.id });
      const gone = await statusOf(xapi.getStatement({ statementId: plan.put.id }));
      return { gone, voided: (await xapi.getVoidedStatement({ voidedStatementId: plan.put.id })).data.id };
    },
    state: documents("State", "state", { agent, activityId, registration }),
    activityProfile: documents("ActivityProfile", "profile", { activityId }),
    agentProfile: documents("AgentProfile", "profile", { agent }),
    activity: async () => (await xapi.getActivity({ activityId })).data,
    person: async () => (await xapi.getAgent({ agent })).data,
    ...(adapter === "fetch" || !isNode ? withAttachments() : { blob: refusedAttachment }),
    denied: () => statusOf(client("wrong").getStatements()),
  };
});
