// Makes one list of a list's pages: all contacts are narrowed and sorted, and as many rows shown as one can look through.
// Until something is chosen the page stays as it came: without script it stands there in the order of attention, and
// links lead to the other pages.
(function () {
  "use strict";
  var SHOWN = 200;
  var language = document.documentElement.lang || undefined;
  var numbers = new Intl.NumberFormat(language);

  // What each column is sorted by; that of the verdict is the order of attention.
  var SORTED_BY = {
    verdict: function (contact) { return contact.order; },
    contact: function (contact) { return [contact.row.organization, contact.row.name].filter(Boolean).join(" · "); },
    status: function (contact) { return contact.row.status_rank; },
    since: function (contact) { return contact.row.since; },
    distance: function (contact) { return contact.row.left === "" ? "" : Number(contact.row.left); },
    clarity: function (contact) { return contact.row.clarity_share === null ? "" : contact.row.clarity_share; },
    value: function (contact) { return contact.row.value_number || ""; },
    owner: function (contact) { return contact.row.owner; }
  };

  // How the cell of each column is filled in anew; `root` leads to the top of the site.
  var FILLED = {
    verdict: function (cell, row) {
      var mark = cell.querySelector(".signed");
      mark.className = "signed mark-" + row.mark;
      mark.querySelector(".sign").textContent = row.sign;
      mark.lastChild.data = " " + row.verdict;
    },
    contact: function (cell, row, root) {
      var link = cell.querySelector("a");
      link.href = root + row.address;
      link.replaceChildren(part("name", row.name));
      if (row.organization) {
        link.prepend(part("organization", row.organization), part("dot", " · "));
      }
    },
    status: function (cell, row) { cell.textContent = row.status; },
    since: function (cell, row) {
      var time = cell.querySelector("time");
      time.dateTime = row.since;
      time.textContent = row.since_text;
    },
    distance: function (cell, row) { cell.textContent = row.left; },
    clarity: function (cell, row) { cell.textContent = row.clarity; },
    value: function (cell, row) { cell.textContent = row.value; },
    owner: function (cell, row) { cell.textContent = row.owner; }
  };

  function part(name, text) {
    var made = document.createElement("span");
    made.className = name;
    made.textContent = text;
    return made;
  }

  function isIn(contact, control) {
    switch (control.name) {
      case "verdict": return contact.row.mark === control.value;
      case "status": return contact.row.status_id === control.value;
      case "owner": return contact.row.owner === control.value;
      case "list": return (contact.row.lists || "").split(" ").includes(control.value);
      default: return crmtoolText.holds(textOf(contact), control.value);
    }
  }

  // Worked out when it is first asked for: of ten thousand contacts it takes its time.
  function textOf(contact) {
    contact.text = contact.text || crmtoolText.findable(contact.row.words);
    return contact.text;
  }

  // A row to fill in: nothing of the contact that it came with stays.
  function patternOf(row) {
    var pattern = row.cloneNode(true);
    [pattern, ...pattern.cells].forEach(function (element) {
      ["sort", "words", "verdict", "status", "owner", "list"].forEach(function (name) { delete element.dataset[name]; });
    });
    return pattern;
  }

  function whole(table) {
    var body = table.tBodies[0];
    var asItCame = Array.from(body.rows);
    var pattern = patternOf(asItCame[0]);
    var filter = document.querySelector("[data-narrow='" + table.id + "']");
    var controls = Array.from(filter.querySelectorAll("input, select"));
    var told = filter.querySelector("[role=status]");
    var more = document.querySelector("[data-further='" + table.id + "']");
    var pages = document.querySelector("[data-pages='" + table.id + "']");
    var columns = Array.from(table.tHead.rows[0].cells).map(function (head) { return head.dataset.column; });
    var sorted = { column: columns[0], direction: "none" };
    var contacts = null;
    var found = [];

    // The rows look as those that the page came with: each is one of them, filled in anew.
    function made(contact) {
      var row = pattern.cloneNode(true);
      columns.forEach(function (column, at) { FILLED[column](row.cells[at], contact.row, table.dataset.root); });
      return row;
    }

    function chosen() {
      return controls.filter(function (control) { return control.value.trim(); });
    }

    function tell(text) {
      if (told.textContent !== text) {
        told.textContent = text;
      }
    }

    function leaveAsItCame() {
      body.replaceChildren(...asItCame);
      pages.hidden = false;
      more.hidden = true;
      tell("");
    }

    function showMore() {
      var from = body.rows.length;
      body.append(...found.slice(from, from + SHOWN).map(made));
      var hidden = found.length - body.rows.length;
      more.hidden = hidden <= 0;
      more.textContent = more.dataset.told.replace("{n}", numbers.format(Math.min(SHOWN, hidden)));
      return body.rows[from];
    }

    function show(rows) {
      contacts = contacts || rows.map(function (row, order) {
        return { row: row, order: order };
      });
      var wanted = chosen();
      if (!wanted.length && sorted.direction === "none") {
        leaveAsItCame();
        return;
      }
      found = contacts.filter(function (contact) {
        return wanted.every(function (control) { return isIn(contact, control); });
      });
      crmtoolText.sort(found, SORTED_BY[sorted.column], sorted.direction);
      body.replaceChildren();
      pages.hidden = true;
      showMore();
      tell(told.dataset.told.replace("{n}", numbers.format(found.length)).replace("{all}", numbers.format(contacts.length)));
    }

    function apply() {
      if (contacts || chosen().length || sorted.direction !== "none") {
        crmtoolRows.load(table.dataset.whole, show);
      }
    }

    crmtoolTables.sortable(table, function (column, direction) {
      sorted = { column: columns[column], direction: direction };
      apply();
    });
    more.addEventListener("click", function () {
      var first = showMore();
      if (more.hidden && first) {
        first.querySelector("a").focus();
      }
    });
    crmtoolTables.narrowing(filter, controls, apply);
  }

  document.querySelectorAll("table[data-whole]").forEach(whole);
})();
