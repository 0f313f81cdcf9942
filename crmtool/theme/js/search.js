// Finds contacts by who they are and where they stand, without a server: the list is a script, loaded on first use.
(function () {
  "use strict";
  var SHOWN = 8;

  var search = document.querySelector("[data-search]");
  if (!search) {
    return;
  }
  var box = search.querySelector("input");
  var found = search.querySelector(".search-found");
  var list = search.querySelector("[role=listbox]");
  var told = search.querySelector("[role=status]");
  var contacts = null;
  var chosen = -1;
  search.hidden = false;

  function load() {
    if (!contacts) {
      crmtoolRows.load(search.dataset.search, take);
    }
  }

  function take(rows) {
    contacts = rows.map(function (row) {
      return { row: row, title: crmtoolText.folded(row.title), text: " " + crmtoolText.findable(row.words) };
    });
    show();
  }

  // Lower is nearer: a title that begins so, a word that begins so, anything else.
  function rank(contact, query) {
    return contact.title.startsWith(query) ? 0 : contact.text.includes(" " + query) ? 1 : 2;
  }

  function matches(query) {
    if (!query || !contacts) {
      return [];
    }
    var wanted = crmtoolText.folded(query);
    return contacts
      .filter(function (contact) { return crmtoolText.holds(contact.text, query); })
      .map(function (contact, order) { return { row: contact.row, rank: rank(contact, wanted), order: order }; })
      .sort(function (a, b) { return a.rank - b.rank || a.order - b.order; });
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  }

  function option(match, index) {
    var item = document.createElement("li");
    item.id = "found-" + index;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.address = address(match.row.address);
    item.append(
      element("span", "found-title", match.row.title),
      element("span", "found-where", match.row.sign + " " + match.row.verdict + ", " + match.row.status)
    );
    return item;
  }

  function address(path) {
    return search.dataset.root.replace(/\/?$/, "/") + path;
  }

  function show() {
    var query = box.value.trim();
    var all = matches(query);
    var isOpen = Boolean(query && contacts);
    choose(-1);
    list.replaceChildren(...all.slice(0, SHOWN).map(option));
    found.hidden = !isOpen;
    list.hidden = !all.length;
    box.setAttribute("aria-expanded", String(isOpen && all.length > 0));
    told.replaceChildren();
    if (isOpen && !all.length) {
      told.textContent = search.dataset.none;
    } else if (all.length > SHOWN) {
      var more = element("a", "", search.dataset.more.replace("{n}", String(all.length)));
      more.href = search.dataset.all + "#q=" + encodeURIComponent(query);
      told.append(more);
    }
  }

  // -1 is the box itself; beyond either end stands the box again.
  function choose(index) {
    var options = Array.from(list.children);
    chosen = index >= options.length ? -1 : index < -1 ? options.length - 1 : index;
    options.forEach(function (item, at) { item.setAttribute("aria-selected", String(at === chosen)); });
    if (chosen < 0) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    box.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }

  function close() {
    found.hidden = true;
    box.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function go(item) {
    if (item) {
      location.href = item.dataset.address;
    }
  }

  box.addEventListener("focus", function () { load(); show(); });
  box.addEventListener("input", function () { load(); show(); });
  box.addEventListener("keydown", function (event) {
    // While an input method composes, its keys are its own.
    if (event.isComposing || (found.hidden && event.key !== "Escape")) {
      return;
    }
    if (event.key === "ArrowDown") {
      choose(chosen + 1);
    } else if (event.key === "ArrowUp") {
      choose(chosen - 1);
    } else if (event.key === "Enter") {
      go(list.children[Math.max(chosen, 0)]);
    } else if (event.key === "Escape") {
      box.value = "";
      show();
    } else {
      return;
    }
    event.preventDefault();
  });
  // A press keeps the box focused, so that what was found stays until the click.
  found.addEventListener("mousedown", function (event) { event.preventDefault(); });
  list.addEventListener("click", function (event) { go(event.target.closest("[role=option]")); });
  search.addEventListener("focusout", function (event) {
    if (!search.contains(event.relatedTarget)) {
      close();
    }
  });
  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
    }
  });
})();
