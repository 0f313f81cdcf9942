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

  // On a phone the bar scrolls sideways: the page one is on should not lie beyond its edge.
  function showCurrent() {
    var current = document.querySelector(".bar-nav [aria-current]");
    var nav = current && current.closest(".bar-nav");
    if (nav) {
      nav.scrollLeft += current.getBoundingClientRect().left - nav.getBoundingClientRect().left - nav.clientWidth / 3;
    }
  }

  // Called by a script that stands right below the bar's list, before the bar is painted. The list's entries come first
  // in it; each count stands in its entry as it does on the pages that have their counts from the start.
  window.crmtoolCounts = function (counts) {
    var links = document.querySelectorAll(".bar-nav a");
    counts.forEach(function (entry, at) {
      if (entry[0]) {
        var count = document.createElement("span");
        count.className = "count";
        count.title = entry[1];
        count.textContent = entry[0];
        links[at].append(" ", count);
      }
    });
  };

  document.addEventListener("DOMContentLoaded", function () {
    showCurrent();
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
