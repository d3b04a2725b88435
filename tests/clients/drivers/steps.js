/* What runs a driver, under node or in a page: `main((plan) => steps)`. */
"use strict";

(function () {
  /** What each step came to, by its name. A step that fails says which it was. */
  async function perform(steps, plan) {
    const results = {};
    for (const [name, step] of Object.entries(steps)) {
      try {
        results[name] = await step(plan);
      } catch (error) {
        throw new Error(`${name}: ${error?.stack ?? JSON.stringify(error)}`);
      }
    }
    return results;
  }

  if (typeof module === "undefined") {
    // In a page: `drive(plan)` is there to be called, and the clients are what page.html loaded.
    window.main = (stepsFor) => {
      window.drive = (plan) => perform(stepsFor(plan), plan);
    };
    window.require = (name) =>
      ({ "./steps.js": window.main, tincanjs: window.TinCan, "@xapi/xapi": window.XAPI })[name];
    return;
  }

  // Under node: the plan comes from standard input, the results go to standard output.
  module.exports = async function main(stepsFor) {
    const plan = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
    process.stdout.write(JSON.stringify(await perform(stepsFor(plan), plan)));
  };
})();
