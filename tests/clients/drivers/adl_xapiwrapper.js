/* adl-xapiwrapper, ADL's wrapper for node: statements, documents, activities and agents. */
"use strict";

const { promisify } = require("node:util");
const adl = require("adl-xapiwrapper");
const main = require("./steps.js");

main((plan) => {
  adl.xapiversion = plan.version;
  const { endpoint: url, key, secret, agent, activity, registration } = plan;
  const client = (pass) => new adl.XAPIWrapper({ url, auth: { user: key, pass } });

  /** `send(method, ...)` resolves to the response, its body read if it is JSON. */
  const sender = (wrapper) => {
    const methods = {};
    return async (method, ...args) => {
      methods[method] ??= promisify(wrapper[method].bind(wrapper));
      const response = await methods[method](...args);
      const isJson = response.headers["content-type"]?.startsWith("application/json");
      return {
        status: response.statusCode,
        etag: response.headers.etag,
        data: isJson ? JSON.parse(response.body) : response.body,
      };
    };
  };
  const send = sender(client(secret));
  const read = async (...args) => {
    const answer = await send(...args);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer));
    return answer.data;
  };
  const query = (params, more = null) => read("getStatements", params, more);
  const ids = (data) => data.statements.map((one) => one.id);
  const textOf = (params) => ({ ...params, ...(params.agent && { agent: JSON.stringify(params.agent) }) });

  /** An object is sent with POST, an array with PUT; the client cannot delete. */
  const documents = (name, place, settings) => async () => {
    const [first, more, last] = plan.documents;
    const put = (value, match, none) =>
      send(`send${name}`, ...place, "kept", ...settings, value, match ?? null, none ?? null);
    const get = (id) => send(`get${name}`, ...place, id, ...settings, null);
    await put(first);
    const before = await get("kept");
    await put(more, before.etag);
    const merged = await get("kept");
    await put(last, merged.etag);
    return {
      etag: before.etag,
      first: before.data,
      merged: merged.data,
      last: (await get("kept")).data,
      stale: (await put(first, before.etag)).status,
      again: (await put(first, null, "*")).status,
      gone: (await get("gone")).status,
      ids: (await get(null)).data,
    };
  };

  return {
    single: async () => (await read("sendStatements", plan.single))[0],
    put: async () => (await send("sendStatements", plan.put)).status,
    batch: () => read("sendStatements", plan.batch),
    conflict: async () => (await send("sendStatements", plan.conflicting)).status,
    invalid: async () => {
      const { status, data } = await send("sendStatements", plan.invalid);
      return { status, problems: data.problems };
    },
    get: () => query({ statementId: plan.put.id }),
    filters: async () => {
      const found = {};
      for (const [name, params] of Object.entries(plan.filters)) {
        found[name] = ids(await query(textOf(params)));
      }
      return found;
    },
    idsFormat: async () => (await query({ activity, format: "ids", limit: 1 })).statements[0],
    pages: async () => {
      const pages = [];
      let result = await query({ activity, limit: plan.limit });
      for (;;) {
        pages.push(ids(result));
        if (!result.more) return pages;
        result = await query(null, result.more);
      }
    },
    voiding: async () => {
      const object = { objectType: "StatementRef", id: plan.put.id };
      await read("sendStatements", { actor: agent, verb: plan.voidingVerb, object });
      const gone = (await send("getStatements", { statementId: plan.put.id }, null)).status;
      return { gone, voided: (await query({ voidedStatementId: plan.put.id })).id };
    },
    state: documents("State", [activity, agent], [registration]),
    activityProfile: documents("ActivityProfile", [activity], []),
    agentProfile: documents("AgentProfile", [agent], []),
    activity: () => read("getActivities", activity),
    person: () => read("getAgents", agent),
    denied: async () => (await sender(client("wrong"))("getStatements", null, null)).status,
  };
});
