// How texts are compared: neither letter case nor accents make a difference, and ue finds ü.
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

  return { folded: folded, findable: findable, holds: holds };
})();
