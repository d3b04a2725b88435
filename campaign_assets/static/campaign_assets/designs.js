/* The form of a designed page: shows the fields of the chosen design, counts characters. */
(() => {
  "use strict";

  const choice = document.querySelector("[data-tcv-designs]");
  const groups = document.querySelectorAll("[data-tcv-design]");

  const show = () => {
    for (const group of groups) {
      group.hidden = group.dataset.tcvDesign !== choice.value;
    }
  };

  const count = (input, output) => {
    const length = [...input.value.trim()].length;
    const most = Number(input.dataset.tcvCount);
    output.textContent = `${length} / ${most}`;
    output.classList.toggle("tcv-count--over", length > most);
  };

  if (choice) {
    choice.addEventListener("change", show);
    show();
  }
  for (const input of document.querySelectorAll("[data-tcv-count]")) {
    const output = document.createElement("output");
    output.className = "tcv-count";
    output.htmlFor = input.id;
    input.after(output);
    input.addEventListener("input", () => count(input, output));
    count(input, output);
  }
})();
