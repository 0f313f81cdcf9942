// The list of all contacts is a script of its own, which is all that a page opened from a disk may load: it is asked for
// once, on first use, whoever needs it.
var crmtoolRows = (function () {
  "use strict";
  var waiting = new Set();
  var rows = null;
  var asked = false;

  // Each contact comes as its values, in the order of the names.
  window.crmtoolContacts = function (names, contacts) {
    rows = contacts.map(function (values) {
      var row = {};
      names.forEach(function (name, at) { row[name] = values[at]; });
      return row;
    });
    waiting.forEach(function (then) { then(rows); });
    waiting.clear();
  };

  // Calls back at once where the list has come already. Where it does not come, who asks again has it asked for again.
  function load(address, then) {
    if (rows) {
      then(rows);
      return;
    }
    waiting.add(then);
    if (!asked) {
      asked = true;
      var script = document.createElement("script");
      script.src = address;
      script.addEventListener("error", function () {
        script.remove();
        waiting.clear();
        asked = false;
      });
      document.head.append(script);
    }
  }

  return { load: load };
})();
