// Tables sort by a click on a column's head and are narrowed by the controls above them. Without script they stand in
// the order of attention, whole.
var crmtoolTables = (function () {
  "use strict";

  // --- sorting ---

  function value(row, column) {
    var cell = row.cells[column];
    var given = cell.dataset.sort;
    if (given === undefined) {
      return cell.textContent.trim();
    }
    return given === "" || Number.isNaN(Number(given)) ? given : Number(given);
  }

  // Up, then down, then back to the order of attention.
  var NEXT = { none: "ascending", ascending: "descending", descending: "none" };

  function sort(table, column, direction) {
    var rows = Array.from(table.tBodies[0].rows).map(function (row) {
      return { row: row, order: Number(row.dataset.order) };
    });
    crmtoolText.sort(rows, function (one) { return value(one.row, column); }, direction);
    table.tBodies[0].append(...rows.map(function (one) { return one.row; }));
  }

  // Makes buttons of a table's heads; `sorted` is told of each click, with the column and the direction.
  function sortable(table, sorted) {
    var heads = Array.from(table.tHead.rows[0].cells);
    heads.forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", function () {
        var direction = NEXT[head.getAttribute("aria-sort") || "none"];
        heads.forEach(function (other) { other.removeAttribute("aria-sort"); });
        if (direction !== "none") {
          head.setAttribute("aria-sort", direction);
        }
        sorted(column, direction);
      });
    });
  }

  // --- narrowing; what is chosen stands in the address, so that it can be linked to ---

  function read(controls) {
    var wanted = new URLSearchParams(location.hash.slice(1));
    controls.forEach(function (control) {
      var given = wanted.get(control.name) || "";
      var isKnown = control.tagName !== "SELECT" || Array.from(control.options).some(function (option) {
        return option.value === given;
      });
      control.value = isKnown ? given : "";
    });
  }

  function write(controls) {
    var chosen = new URLSearchParams();
    controls.forEach(function (control) {
      if (control.value) {
        chosen.set(control.name, control.value);
      }
    });
    try {
      history.replaceState(null, "", String(chosen) ? "#" + chosen : location.pathname + location.search);
    } catch (error) {
      // Some browsers allow only so many a minute; the table is narrowed all the same.
    }
  }

  // What a row may have several of, and what stands between them.
  var SEVERAL = { list: " " };

  function fits(row, controls) {
    return controls.every(function (control) {
      if (!control.value) {
        return true;
      }
      if (control.tagName === "SELECT") {
        return (row.dataset[control.name] || "").split(SEVERAL[control.name]).includes(control.value);
      }
      return crmtoolText.holds(row.dataset.text, control.value);
    });
  }

  function filterable(filter) {
    var table = document.getElementById(filter.dataset.filter);
    var controls = Array.from(filter.querySelectorAll("input, select"));
    var told = filter.querySelector("[role=status]");
    var rows = Array.from(table.tBodies[0].rows);
    rows.forEach(function (row) { row.dataset.text = crmtoolText.findable(row.dataset.words || row.textContent); });

    function apply() {
      var shown = rows.filter(function (row) {
        row.hidden = !fits(row, controls);
        return !row.hidden;
      }).length;
      told.textContent = shown === rows.length ? "" : told.dataset.told.replace("{n}", shown).replace("{all}", rows.length);
    }

    narrowing(filter, controls, apply);
  }

  // Lets the address and the controls speak for each other; `apply` is called on each change of either.
  function narrowing(filter, controls, apply) {
    filter.hidden = false;
    read(controls);
    apply();
    filter.addEventListener("input", function () { apply(); write(controls); });
    addEventListener("hashchange", function () {
      // The name of a place on the page says nothing about the table.
      if (location.hash === "" || location.hash.includes("=")) {
        read(controls);
        apply();
      }
    });
  }

  document.querySelectorAll("table[data-sortable]").forEach(function (table) {
    Array.from(table.tBodies[0].rows).forEach(function (row, order) { row.dataset.order = String(order); });
    sortable(table, function (column, direction) { sort(table, column, direction); });
  });
  document.querySelectorAll("[data-filter]").forEach(filterable);
  return { sortable: sortable, narrowing: narrowing };
})();
