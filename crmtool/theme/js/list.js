// Makes one list of a list's pages: all contacts are narrowed and sorted, and as many rows shown as one can look through.
// Until something is chosen the page stays as it came: without script it stands there in the order of attention, and
// links lead to the other pages.
(function () {
  "use strict";
  var SHOWN = 200;
  var ADDRESS = 1, SIGN = 2, VERDICT = 3, STATUS = 4, WORDS = 5, ORGANIZATION = 6, NAME = 7, MARK = 8, STATUS_ID = 9;
  var RANK = 10, SINCE = 11, SINCE_TEXT = 12, LEFT = 13, CLARITY = 14, SHARE = 15, VALUE = 16, AMOUNT = 17, OWNER = 18;
  var LISTS = 19;
  var language = document.documentElement.lang || undefined;
  var numbers = new Intl.NumberFormat(language);

  // What each column is sorted by; the first one is the order of attention.
  var SORTED_BY = [
    function (contact) { return contact.order; },
    function (contact) { return [contact.row[ORGANIZATION], contact.row[NAME]].filter(Boolean).join(" · "); },
    function (contact) { return contact.row[RANK]; },
    function (contact) { return contact.row[SINCE]; },
    function (contact) { return contact.row[LEFT] === "" ? "" : Number(contact.row[LEFT]); },
    function (contact) { return contact.row[SHARE] === null ? "" : contact.row[SHARE]; },
    function (contact) { return contact.row[AMOUNT] || ""; },
    function (contact) { return contact.row[OWNER]; }
  ];

  function isIn(contact, control) {
    switch (control.name) {
      case "verdict": return contact.row[MARK] === control.value;
      case "status": return contact.row[STATUS_ID] === control.value;
      case "owner": return contact.row[OWNER] === control.value;
      case "list": return (contact.row[LISTS] || "").split(" ").includes(control.value);
      default: return crmtoolText.holds(textOf(contact), control.value);
    }
  }

  // Worked out when it is first asked for: of ten thousand contacts it takes its time.
  function textOf(contact) {
    contact.text = contact.text || crmtoolText.findable(contact.row[WORDS]);
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
    var pages = more.parentElement.nextElementSibling;
    var sorted = { column: 0, direction: "none" };
    var contacts = null;
    var found = [];

    function cell(row, column, text) {
      row.cells[column].textContent = text;
    }

    // The rows look as those that the page came with: each is one of them, filled in anew.
    function made(contact) {
      var data = contact.row;
      var row = pattern.cloneNode(true);
      var mark = row.cells[0].firstElementChild;
      mark.className = "signed mark-" + data[MARK];
      mark.firstElementChild.textContent = data[SIGN];
      mark.lastChild.data = " " + data[VERDICT];
      var link = row.cells[1].querySelector("a");
      link.href = table.dataset.root + data[ADDRESS];
      link.replaceChildren(part("name", data[NAME]));
      if (data[ORGANIZATION]) {
        link.prepend(part("organization", data[ORGANIZATION]), part("dot", " · "));
      }
      cell(row, 2, data[STATUS]);
      var time = row.cells[3].firstElementChild;
      time.dateTime = data[SINCE];
      time.textContent = data[SINCE_TEXT];
      [LEFT, CLARITY, VALUE, OWNER].forEach(function (field, at) { cell(row, 4 + at, data[field]); });
      return row;
    }

    function part(name, text) {
      var made = document.createElement("span");
      made.className = name;
      made.textContent = text;
      return made;
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
      sorted = { column: column, direction: direction };
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
