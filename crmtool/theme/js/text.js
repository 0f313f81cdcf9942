// How texts are compared: neither letter case nor accents make a difference, and ue finds ü. How rows are sorted.
var crmtoolText = (function () {
  "use strict";
  var SPELLED = { ä: "ae", ö: "oe", ü: "ue" };

  function folded(text) {
    return text.toLowerCase().replace(/ß/g, "ss").normalize("NFD").replace(/\p{M}/gu, "");
  }

  // What a text is found by: as it is read without accents, and as it is typed without umlauts.
  function findable(text) {
    var typed = text.normalize("NFC").toLowerCase().replace(/[äöü]/g, function (letter) { return SPELLED[letter]; });
    return folded(text) + " " + folded(typed);
  }

  // Whether a findable text holds every word of a query.
  function holds(text, query) {
    return folded(query).split(/\s+/).every(function (word) { return text.includes(word); });
  }

  var collator = new Intl.Collator(document.documentElement.lang || undefined);

  function compare(a, b) {
    // What is empty goes last, whichever way.
    if (a === "" || b === "") {
      return a === b ? 0 : a === "" ? Infinity : -Infinity;
    }
    return typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
  }

  // Sorts by a value, `ascending` or `descending`, and where that is the same, or the direction is `none`, by `order`.
  function sort(rows, value, direction) {
    var sign = direction === "descending" ? -1 : 1;
    var values = new Map(rows.map(function (row) { return [row, direction === "none" ? "" : value(row)]; }));
    rows.sort(function (a, b) {
      var order = compare(values.get(a), values.get(b));
      return (Math.abs(order) === Infinity ? order : sign * order) || a.order - b.order;
    });
  }

  return { sort: sort, folded: folded, findable: findable, holds: holds };
})();
