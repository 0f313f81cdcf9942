// Light or dark as the reader chose; without a choice, as the system prefers. The pages need no script.
(function () {
  "use strict";
  var KEY = "crmtool-theme";
  var root = document.documentElement;

  function remembered() {
    try {
      return localStorage.getItem(KEY);
    } catch (error) {
      return null;
    }
  }

  function remember(theme) {
    try {
      localStorage.setItem(KEY, theme);
    } catch (error) {
      // Not remembered, but switched all the same.
    }
  }

  function isDark() {
    var chosen = root.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  var chosen = remembered();
  if (chosen === "dark" || chosen === "light") {
    root.dataset.theme = chosen;
  }

  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("[data-switch-theme]");
    if (!button) {
      return;
    }
    button.hidden = false;
    button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      button.setAttribute("aria-pressed", String(isDark()));
      remember(root.dataset.theme);
    });
  });
})();
