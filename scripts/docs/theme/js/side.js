// In a long list of pages beside the text, the page one is on should not lie beyond the list's edge.
(function () {
  "use strict";
  var side = document.querySelector(".side");
  var current = side && side.querySelector("[aria-current]");
  if (current) {
    side.scrollTop = current.offsetTop - side.clientHeight / 3;
  }
})();
