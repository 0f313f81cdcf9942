// Loads the page anew once the server shows another version than the one this page belongs to.
"use strict";
(() => {
  const { events, version } = document.currentScript.dataset;
  let stream = null;

  function close() {
    stream?.close();
    stream = null;
  }

  // A browser keeps only a few connections to a server open, for all tabs: only a page that is looked at has one.
  function open() {
    if (stream || document.hidden) return;
    stream = new EventSource(events);
    stream.onmessage = (message) => {
      if (message.data === version) return;
      close();
      location.reload();
    };
    stream.onerror = () => {
      if (stream?.readyState !== EventSource.CLOSED) return;
      close();
      setTimeout(open, 2000);
    };
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", open);
  open();
})();
