/* Reviewing with the keyboard, choosing rows, and noting that a case was looked at. All of it may be missing.
   Keys: J next, K previous, A to the main step, R to giving back, ? the list of keys. They never fire while somebody
   types or picks a Chinese word, and can be switched off; only that switch is kept in the browser, nothing else. */
(function () {
  "use strict";
  var SWITCH = "review-keys";
  var TYPING = "input:not([type=checkbox]):not([type=radio]):not([type=submit]):not([type=button]), select, textarea, [contenteditable]";

  function on() {
    try { return window.localStorage.getItem(SWITCH) !== "off"; } catch (error) { return true; }
  }
  function remember(yes) {
    try { window.localStorage.setItem(SWITCH, yes ? "on" : "off"); } catch (error) { /* the switch lasts for this page */ }
  }

  /* The list of keys. */
  var box = document.querySelector("dialog[data-keys]");
  var opener = document.querySelector("[data-keys-open]");
  var choice = document.querySelector("[data-keys-on]");
  function toggle() {
    if (!box || !box.showModal) { return; }
    if (box.open) { box.close(); } else { box.showModal(); }
  }
  if (box && box.showModal && opener) {
    opener.hidden = false;
    opener.addEventListener("click", toggle);
    box.querySelector("[data-keys-close]").addEventListener("click", toggle);
  }
  var active = on();
  if (choice) {
    choice.checked = active;
    choice.addEventListener("change", function () { active = choice.checked; remember(active); });
  }

  /* Rows of a list: the link of a row takes the focus, so that Enter opens it. */
  function links() {
    return Array.prototype.slice.call(document.querySelectorAll("table[data-rows] tbody th a"));
  }
  function step(by) {
    var rows = links();
    if (!rows.length) { return open(by > 0 ? "a[rel=next]" : "a[rel=prev]"); }
    var row = document.activeElement && document.activeElement.closest("tr");
    var at = rows.findIndex(function (link) { return link.closest("tr") === row; });
    var next = at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by;
    if (next < 0 || next >= rows.length) { return false; }
    rows[next].focus();
    rows[next].scrollIntoView({ block: "center" });
    return true;
  }
  function open(selector) {
    var link = document.querySelector("main " + selector);
    if (link) { link.click(); }
    return Boolean(link);
  }

  /* A and R go to a step: a link is followed, a button is only focused and waits for Enter. */
  function towards(key) {
    var found = document.querySelector("main [data-key='" + key + "']");
    if (!found) { return false; }
    if (found.tagName === "A") { found.click(); } else { found.focus(); }
    return true;
  }

  var KEYS = {
    j: function () { return step(1); },
    k: function () { return step(-1); },
    a: function () { return towards("a"); },
    r: function () { return towards("r"); },
    "?": function () { toggle(); return true; },
    "？": function () { toggle(); return true; }
  };

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.defaultPrevented || event.repeat || event.target.closest(TYPING)) { return; }
    var key = event.key.length === 1 ? event.key.toLowerCase() : "";
    if (!active || !KEYS[key] || (box && box.open && key !== "?" && key !== "？")) { return; }
    if (KEYS[key]()) { event.preventDefault(); }
  });

  /* Choosing rows of this page. */
  var form = document.querySelector("form[data-select]");
  if (form) {
    var said = form.querySelector("[data-selected]");
    var all = form.querySelector("[data-select-all]");
    var before = said.textContent;
    var ticks = Array.prototype.slice.call(form.querySelectorAll("input[name=case]"));
    var chosen = function () { return ticks.filter(function (tick) { return tick.checked; }).length; };
    var tell = function () {
      var many = chosen();
      said.textContent = many ? "已选 " + many + " 件（本页可以一起办理的有 " + ticks.length + " 件）" : before;
      all.textContent = many === ticks.length ? "全部不选" : "选择本页全部 " + ticks.length + " 件";
    };
    all.hidden = false;
    all.addEventListener("click", function () {
      var yes = chosen() !== ticks.length;
      ticks.forEach(function (tick) { tick.checked = yes; });
      tell();
    });
    form.addEventListener("change", tell);
    window.addEventListener("pageshow", tell);
  }

  /* This case was looked at, as it stood when the page was made. */
  var mark = document.querySelector("[data-seen]");
  var token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (mark && token && window.fetch) {
    window.fetch(mark.dataset.seen, {
      method: "POST",
      credentials: "same-origin",
      headers: { "X-CSRFToken": token.value, "Content-Type": "application/x-www-form-urlencoded" },
      body: "at=" + encodeURIComponent(mark.dataset.at)
    }).catch(function () { /* a bookmark: the next look makes it */ });
  }
})();
