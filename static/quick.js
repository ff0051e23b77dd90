/* The one-page filing on a phone: <form data-quick>. It is sent by script, so that a dropped network loses neither words
   nor photos: everything stays in the page and goes when the network is back. The hidden key makes sending it twice
   harmless. Without this script it is an ordinary form. ES2019; nothing is kept in the browser's storage. */
(function () {
  "use strict";
  var OFFLINE = "网络已断开，填写的内容和照片都还在本页，恢复后自动提交", AGAIN = [1000, 3000, 8000, 15000];
  if (!window.FormData || !window.XMLHttpRequest || !window.DOMParser) { return; }

  function watch(form) {
    var button = form.querySelector("button[type=submit]"), words = button.textContent;
    var flight = null, tries = 0, timer = 0, wanted = false;

    function say(text) { button.textContent = text || words; }

    function free() { wanted = false; flight = null; tries = 0; button.removeAttribute("aria-disabled"); say(""); }

    function send() {
      window.clearTimeout(timer);
      if (!wanted || flight) { return; }
      if (navigator.onLine === false) { lost(); return; }
      flight = new XMLHttpRequest();
      flight.open("POST", form.getAttribute("action") || window.location.href);
      flight.timeout = 180000;
      flight.upload.onprogress = function (event) {
        if (event.lengthComputable) { say("正在提交 " + Math.floor(event.loaded * 100 / event.total) + "%"); }
      };
      flight.onload = function () { answered(flight); };
      flight.onerror = flight.ontimeout = function () { flight = null; lost(); };
      say("正在提交…");
      flight.send(new FormData(form));
    }

    function lost() {
      window.portalBanner(OFFLINE);
      say("等网络恢复…");
      timer = window.setTimeout(send, AGAIN[Math.min(tries, AGAIN.length - 1)]);
      tries += 1;
    }

    function answered(answer) {
      var there = answer.responseURL || "", here = window.location.href.split("#")[0];
      if (answer.status >= 500) { flight = null; lost(); return; }
      window.portalBanner("");
      free();
      if (answer.status === 200 && there && there.split("#")[0] !== here) { window.location.assign(there); return; }
      show(answer.responseText);
    }

    /* The page came back with mistakes: its middle takes the place of this one's. */
    function show(text) {
      var page = new DOMParser().parseFromString(text, "text/html"), main = page.querySelector("main");
      if (!main) { window.portalBanner("没有提交成功，刷新页面后再试"); return; }
      document.querySelector("main").innerHTML = main.innerHTML;
      document.title = page.title;
      var summary = document.querySelector(".error-summary");
      if (summary) { summary.setAttribute("tabindex", "-1"); summary.focus(); summary.scrollIntoView(); }
      begin();
    }

    form.addEventListener("submit", function (event) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (wanted) { return; }
      wanted = true;
      button.setAttribute("aria-disabled", "true");
      send();
    });
    window.addEventListener("online", send);
  }

  function begin() {
    Array.prototype.forEach.call(document.querySelectorAll("form[data-quick]"), watch);
  }
  begin();
})();
