/* xapiwrapper, ADL's wrapper for browsers: in a page only. */
"use strict";

main((plan) => {
  const { endpoint, key, secret, agent, activity, registration } = plan;
  const wrapper = ADL.XAPIWrapper;
  wrapper.xapiVersion = plan.version;

  const use = (password) =>
    wrapper.changeConfig({ endpoint, auth: `Basic ${btoa(`${key}:${password}`)}`, strictCallbacks: true });
  /** Resolves to the request that the client made, whatever became of it. */
  const send = (method, ...args) =>
    new Promise((resolve) => wrapper[method](...args, (_error, request) => resolve(request)));
  const read = async (...args) => {
    const request = await send(...args);
    if (request.status !== 200) throw new Error(`${request.status} ${request.responseText}`);
    return JSON.parse(request.responseText);
  };
  const query = (params, more = null) => read("getStatements", params, more);
  const ids = (result) => result.statements.map((one) => one.id);
  const textOf = (params) => ({ ...params, ...(params.agent && { agent: JSON.stringify(params.agent) }) });
  // The client puts the quotes around a tag itself.
  const tagOf = (request) => request.getResponseHeader("ETag")?.replaceAll('"', "");

  /** An object is sent with POST, an array with PUT. */
  const documents = (name, place, settings) => async () => {
    const [first, more, last] = plan.documents;
    const put = (id, value, match = null, none = null) =>
      send(`send${name}`, ...place, id, ...settings, value, match, none);
    const get = (id) => send(`get${name}`, ...place, id, ...settings, null);
    await put("kept", first);
    const before = await get("kept");
    await put("kept", more, tagOf(before));
    const merged = await get("kept");
    await put("kept", last, tagOf(merged));
    await put("gone", first);
    await send(`delete${name}`, ...place, "gone", ...settings, tagOf(await get("gone")), null);
    return {
      etag: before.getResponseHeader("ETag"),
      first: JSON.parse(before.responseText),
      merged: JSON.parse(merged.responseText),
      last: JSON.parse((await get("kept")).responseText),
      stale: (await put("kept", first, tagOf(before))).status,
      again: (await put("kept", first, null, "*")).status,
      gone: (await get("gone")).status,
      ids: JSON.parse((await get(null)).responseText),
    };
  };

  use(secret);
  return {
    single: async () => (await read("sendStatements", [plan.single]))[0],
    put: async () => (await send("sendStatement", plan.put)).status,
    batch: () => read("sendStatements", plan.batch),
    conflict: async () => (await send("sendStatement", plan.conflicting)).status,
    invalid: async () => {
      const request = await send("sendStatements", plan.invalid);
      return { status: request.status, problems: JSON.parse(request.responseText).problems };
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
      await send("sendStatement", { actor: agent, verb: plan.voidingVerb, object });
      const gone = (await send("getStatements", { statementId: plan.put.id }, null)).status;
      return { gone, voided: (await query({ voidedStatementId: plan.put.id })).id };
    },
    state: documents("State", [activity, agent], [registration]),
    activityProfile: documents("ActivityProfile", [activity], []),
    agentProfile: documents("AgentProfile", [agent], []),
    activity: () => read("getActivities", activity),
    person: () => read("getAgents", agent),
    attachment: async () => {
      const { data, length, sha2, ...type } = plan.attachment; // the client computes the two
      await new Promise((resolve) => {
        wrapper.sendStatement(plan.attached, resolve, [{ type, value: data }]);
      });
      const params = { statementId: plan.attached.id, attachments: true };
      const request = await send("getStatements", params, null);
      const parts = request.responseText.split("\r\n\r\n"); // the client leaves it as text
      return { sha2: JSON.parse(parts[1].split("\r\n")[0]).attachments[0].sha2, data: parts[2].split("\r\n")[0] };
    },
    denied: async () => {
      use("wrong");
      return (await send("getStatements", null, null)).status;
    },
  };
});
