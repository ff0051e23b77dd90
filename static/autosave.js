/* Autosave: <form method="post" data-autosave="URL">.
   The form's fields (files excepted) are POSTed to URL with the CSRF token and Accept: application/json.
   Answers: 200 {"saved_at": "14:03", "version": 7} (both optional; version goes into the hidden field named version);
   409 or any other problem document: its detail is shown. Nothing is ever kept in the browser's storage. */
(function () {
  "use strict";
  var IDLE = 3000, LONGEST = 10000, AGAIN = 5000;
  var OFFLINE = "网络已断开，内容未丢失，恢复后自动保存";

  function clock() {
    var now = new Date();
    return ("0" + now.getHours()).slice(-2) + ":" + ("0" + now.getMinutes()).slice(-2);
  }

  function body(form) {
    var data = new FormData(form), plain = new URLSearchParams();
    data.forEach(function (value, name) { if (typeof value === "string") { plain.append(name, value); } });
    return plain;
  }

  /* What the person wrote, to tell a change from a mere visit to a field. */
  function written(form) {
    var plain = body(form);
    plain.delete("csrfmiddlewaretoken");
    plain.delete("version");
    return plain.toString();
  }

  function line(form) {
    var status = form.querySelector("[data-autosave-status]");
    if (!status) {
      status = document.createElement("p");
      status.className = "autosave";
      status.setAttribute("role", "status");
      form.appendChild(status);
    }
    return status;
  }

  function watch(form) {
    var status = line(form), idle = 0, since = 0, flight = null, changed = false, stopped = false, kept = written(form);

    function say(words, bad) {
      status.textContent = words;
      status.dataset.tone = bad ? "bad" : "";
    }

    function schedule(wait) {
      window.clearTimeout(idle);
      idle = window.setTimeout(save, wait);
    }

    function touched(event) {
      if (stopped || event.isComposing || event.target.type === "file" || !event.target.name) { return; }
      if (!changed) { since = Date.now(); }
      changed = true;
      schedule(Math.max(0, Math.min(IDLE, since + LONGEST - Date.now())));
    }

    function answered(response) {
      if (response.redirected) { throw new Error("登录已过期。请在新窗口登录，再回到这里继续，本页内容未丢失"); }
      return response.json().catch(function () { return {}; }).then(function (answer) {
        if (!response.ok) { throw new Error(answer.detail || "暂时没有保存成功，请稍后再试"); }
        var version = form.querySelector("input[type=hidden][name=version]");
        if (version && answer.version !== undefined) { version.value = answer.version; }
        window.portalBanner("");
        say("已自动保存 " + (answer.saved_at || clock()));
      });
    }

    function failed(error) {
      if (error instanceof TypeError) {
        changed = true;
        window.portalBanner(OFFLINE);
        say("尚未保存", true);
      } else {
        say(error.message, true);
      }
    }

    function save() {
      window.clearTimeout(idle);
      if (!changed || flight || stopped) { return flight; }
      changed = false;
      var now = written(form);
      if (now === kept) { return flight; }
      var token = form.querySelector("input[name=csrfmiddlewaretoken]");
      flight = window.fetch(form.dataset.autosave, {
        method: "POST", body: body(form), credentials: "same-origin", keepalive: document.visibilityState === "hidden",
        headers: { Accept: "application/json", "X-CSRFToken": token ? token.value : "" }
      }).then(answered).then(function () { kept = now; }).catch(failed).then(function () {
        flight = null;
        if (changed && !stopped) { schedule(AGAIN); }
      });
      return flight;
    }

    /* A saving under way ends before the form is sent, or its newer version would look like a colleague's. */
    function send(event) {
      window.clearTimeout(idle);
      if (!flight || form.dataset.waited) { stopped = true; return; }
      event.preventDefault();
      event.stopImmediatePropagation();
      var submitter = event.submitter;
      var go = function () {
        if (form.dataset.waited) { return; }
        form.dataset.waited = "yes";
        if (form.requestSubmit) { form.requestSubmit(submitter || undefined); } else { form.submit(); }
      };
      flight.then(go);
      window.setTimeout(go, 8000);
    }

    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    form.addEventListener("compositionend", function (event) { window.setTimeout(function () { touched({ target: event.target }); }, 0); });
    form.addEventListener("focusout", save);
    form.addEventListener("submit", send);
    document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") { save(); } });
    window.addEventListener("online", save);
    window.addEventListener("pageshow", function () { stopped = false; delete form.dataset.waited; });
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-autosave]"), watch);
})();
