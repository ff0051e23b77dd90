/* A form with files over a weak network: <form method="post" data-steady>.
   The form is sent by script, with the header X-Steady. Nothing on the page is given up before the answer is there:
   when the network breaks off, text and chosen files stay, and the form is sent again once the network is back.
   Answers: JSON {"go": url} leads on; {"detail": words, "version": newer} is told, and the page stays as it is. */
(function () {
  "use strict";
  var LONGEST = 120000;
  var OFFLINE = "网络断开了，填写的内容和照片都还在。网络恢复后会自动提交，也可以再按一次提交";
  var FAILED = "这次没有提交成功，内容和照片都还在，稍后再按一次";
  var EXPIRED = "登录已过期。在新窗口登录后回到这里再按一次，本页内容还在";
  var waiting = null;

  function say(form, words) {
    var line = form.querySelector("[data-steady-status]");
    if (line) { line.textContent = words; }
  }

  /* portal.js and autosave.js let a form go again when its page is shown. */
  function release(form, words) {
    window.dispatchEvent(new Event("pageshow"));
    window.portalBanner(words);
    say(form, words);
  }

  function answered(form, request) {
    var answer = {};
    if (request.responseURL.indexOf("/login/") > -1) { release(form, EXPIRED); return; }
    try { answer = JSON.parse(request.responseText); } catch (error) { /* a page: of a proxy, or of a fault */ }
    if (request.status === 200 && answer.go) { window.location.assign(answer.go); return; }
    if (answer.version) { form.querySelector("input[type=hidden][name=version]").value = answer.version; }
    release(form, answer.detail || FAILED);
  }

  function send(form, submitter) {
    var data = new FormData(form), request = new XMLHttpRequest();
    if (submitter && submitter.name) { data.append(submitter.name, submitter.value); }
    waiting = null;
    request.open("POST", form.action);
    request.timeout = LONGEST;
    request.setRequestHeader("X-Steady", "yes");
    request.upload.onprogress = function (event) {
      if (event.lengthComputable) { say(form, "正在上传 " + Math.round(100 * event.loaded / event.total) + "%"); }
    };
    request.onload = function () { answered(form, request); };
    request.onerror = request.ontimeout = function () {
      waiting = { form: form, submitter: submitter };
      release(form, OFFLINE);
    };
    request.send(data);
  }

  /* After portal.js: it marks the form as being sent and stops a second press. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || !form.hasAttribute("data-steady")) { return; }
    event.preventDefault();
    send(form, event.submitter);
  });

  window.addEventListener("online", function () {
    var last = waiting;
    if (!last || !document.contains(last.form)) { return; }
    waiting = null;
    if (last.form.requestSubmit) { last.form.requestSubmit(last.submitter || undefined); }
  });
})();
