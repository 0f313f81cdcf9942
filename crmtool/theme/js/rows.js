// The list of all contacts is a script of its own, which is all that a page opened from a disk may load: it is asked for
// once, on first use, whoever needs it.
var crmtoolRows = (function () {
  "use strict";
  var waiting = [];
  var rows = null;
  var asked = false;

  window.crmtoolContacts = function (all) {
    rows = all;
    waiting.splice(0).forEach(function (then) { then(rows); });
  };

  // Calls back at once where the list has come already.
  function load(address, then) {
    if (rows) {
      then(rows);
      return;
    }
    waiting.push(then);
    if (!asked) {
      asked = true;
      var script = document.createElement("script");
      script.src = address;
      document.head.append(script);
    }
  }

  return { load: load };
})();
