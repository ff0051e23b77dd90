/* <body data-idle="30" data-alive="/alive/">: two minutes before an idle session ends a dialog says so and one key
   extends it. Every other page of the portal in the same browser extends it too, so the clock follows them all. */
(function () {
  "use strict";
  var minutes = Number(document.body.dataset.idle), warning = 2;
  var dialog = document.getElementById("idle");
  if (!minutes || minutes <= warning || !dialog || !dialog.showModal) { return; }
  var title = document.title, timer = 0, flash = 0, channel = null;

  function wait() {
    window.clearTimeout(timer);
    timer = window.setTimeout(warn, (minutes - warning) * 60000);
  }

  function warn() {
    dialog.showModal();
    flash = window.setInterval(function () {
      document.title = document.title === title ? "即将自动退出" : title;
    }, 1000);
    timer = window.setTimeout(function () {
      dialog.querySelector("p").textContent = "已自动退出。保存过的内容都在，重新登录就能接着办。";
    }, warning * 60000);
  }

  function calm() {
    window.clearInterval(flash);
    document.title = title;
    if (dialog.open) { dialog.close(); }
    wait();
  }

  function stay() {
    window.fetch(document.body.dataset.alive, {
      method: "POST", credentials: "same-origin",
      headers: { "X-CSRFToken": dialog.querySelector("input[name=csrfmiddlewaretoken]").value }
    }).then(function (answer) {
      if (answer.status !== 204) { window.location.reload(); return; }
      if (channel) { channel.postMessage("here"); }
      calm();
    }).catch(function () { window.portalBanner("网络已断开，请稍后再试"); });
  }

  if (window.BroadcastChannel) {
    channel = new window.BroadcastChannel("portal-alive");
    channel.onmessage = calm;
    channel.postMessage("here");
  }
  dialog.addEventListener("cancel", function (event) { event.preventDefault(); stay(); });
  dialog.querySelector("button").addEventListener("click", stay);
  document.addEventListener("htmx:afterRequest", calm);
  wait();
})();
