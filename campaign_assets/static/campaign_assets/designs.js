/* The form of a designed page: shows the fields of the chosen design, counts characters. */
(() => {
  "use strict";

  const showChosen = () => {
    const choice = document.querySelector("[data-tcv-designs]");
    if (!choice) {
      return;
    }
    const show = () => {
      for (const group of document.querySelectorAll("[data-tcv-design]")) {
        group.hidden = group.dataset.tcvDesign !== choice.value;
      }
    };
    choice.addEventListener("change", show);
    show();
  };

  const countIn = (input) => {
    const output = document.createElement("output");
    const most = Number(input.dataset.tcvCount);
    const count = () => {
      const length = [...input.value.trim()].length;
      output.textContent = `${length} / ${most}`;
      output.classList.toggle("tcv-count--over", length > most);
    };
    output.className = "tcv-count";
    output.htmlFor = input.id;
    input.after(output);
    input.addEventListener("input", count);
    count();
  };

  document.addEventListener("DOMContentLoaded", () => {
    showChosen();
    document.querySelectorAll("[data-tcv-count]").forEach(countIn);
  });
})();
