/* A file is sent as soon as it is chosen: <input type="file" data-upload="URL">, inside a form with a CSRF token.
   POST URL with the file as "file" answers 200 {"name", "url", "lacking": [labels]} or a problem document with "detail".
   The same file sent again changes nothing, so a lost answer is simply sent once more. A file chosen while the network
   is away waits in the page. Without this script the form sends its files as any form does. ES2019, nothing is stored. */
(function () {
  "use strict";
  var AGAIN = [1000, 3000, 8000, 15000], LARGEST = 20 * 1024 * 1024;
  var OFFLINE = "网络已断开，选好的照片还在本页，恢复后自动上传", LOGIN = "登录已过期。在新窗口登录，再回到这里点“再传一次”，选好的照片还在";
  var jobs = [];
  if (!window.FormData || !window.XMLHttpRequest) { return; }

  function waiting() { return jobs.filter(function (job) { return !job.over; }); }

  function Job(input, file, box) {
    this.input = input; this.file = file; this.box = box; this.tries = 0; this.over = false; this.flight = null;
  }

  Job.prototype.say = function (words, bad) {
    var status = this.box.querySelector("[data-upload-status]");
    status.textContent = words;
    status.dataset.tone = bad ? "bad" : "";
  };

  Job.prototype.send = function () {
    var job = this, data = new FormData(), flight = new XMLHttpRequest();
    window.clearTimeout(job.timer);
    if (job.over || job.flight) { return; }
    if (navigator.onLine === false) { job.lost(); return; }
    job.flight = flight;
    data.append("file", job.file, job.file.name);
    flight.open("POST", job.input.dataset.upload);
    flight.setRequestHeader("Accept", "application/json");
    flight.setRequestHeader("X-CSRFToken", job.input.form.querySelector("input[name=csrfmiddlewaretoken]").value);
    flight.timeout = 120000;
    flight.upload.onprogress = function (event) {
      if (event.lengthComputable) { job.say("正在上传 " + Math.floor(event.loaded * 100 / event.total) + "%"); }
    };
    flight.onload = function () { job.flight = null; job.answered(flight); };
    flight.onerror = flight.ontimeout = function () { job.flight = null; job.lost(); };
    job.say("正在上传…");
    flight.send(data);
  };

  Job.prototype.answered = function (flight) {
    var answer = {};
    try { answer = JSON.parse(flight.responseText); } catch (error) { /* a page: the sign-in page, or a proxy's */ }
    if (flight.status === 200 && answer.url) { this.done(answer); return; }
    if (flight.status >= 500 || flight.status === 429) { this.later("暂时没有传上，马上再试"); return; }
    if (flight.status === 200 || flight.status === 403 && !answer.detail) { this.stop(LOGIN, true); return; }
    this.stop(answer.detail || "没有传上，重新选择一次", false);
  };

  Job.prototype.done = function (answer) {
    var there = this.box.querySelector("[data-upload-there]"), promise = this.box.querySelector("input[type=checkbox]");
    var link = document.createElement("a"), word = document.createElement("span");
    this.over = true;
    word.className = "tag tag-good"; word.textContent = "已完成";
    link.href = answer.url; link.textContent = answer.name;
    there.textContent = ""; there.hidden = false;
    there.appendChild(word); there.appendChild(document.createTextNode(" ")); there.appendChild(link);
    this.input.value = "";
    forget(this.input);
    if (promise) { promise.checked = false; promise.closest("label").hidden = true; }
    this.say("已上传" + (answer.lacking.length ? "。还缺：" + answer.lacking.join("、") : "。材料齐了，点“" + this.onward() + "”"));
    if (!waiting().length) { window.portalBanner(""); }
  };

  Job.prototype.onward = function () {
    var button = this.input.form && this.input.form.querySelector("button.btn-primary[type=submit]");
    return button ? button.textContent.trim() : "保存并继续";
  };

  /* The network is away: the file stays in the page and goes when it is back. */
  Job.prototype.lost = function () {
    window.portalBanner(OFFLINE);
    this.later("等网络恢复后自动上传");
  };

  Job.prototype.later = function (words) {
    var job = this;
    job.say(words, true);
    job.timer = window.setTimeout(function () { job.send(); }, AGAIN[Math.min(job.tries, AGAIN.length - 1)]);
    job.tries += 1;
  };

  /* Refused: sending it again would not help, unless the person does something first. */
  Job.prototype.stop = function (words, again) {
    var job = this, button = document.createElement("button"), status = job.box.querySelector("[data-upload-status]");
    job.over = job.refused = true;
    job.say(words, true);
    if (!again) { job.input.value = ""; forget(job.input); return; }
    button.type = "button"; button.className = "btn btn-quiet"; button.textContent = "再传一次";
    button.addEventListener("click", function () { job.over = job.refused = false; job.send(); });
    status.appendChild(document.createElement("br"));
    status.appendChild(button);
  };

  function forget(input) {
    var line = input.parentNode.querySelector(".file-name");
    if (line) { line.textContent = ""; }
  }

  function box(input) {
    var found = input.closest("fieldset") || input.parentNode, status = document.createElement("p");
    status.className = "autosave";
    status.setAttribute("role", "status");
    status.setAttribute("data-upload-status", "");
    input.insertAdjacentElement("afterend", status);
    return found;
  }

  function chosen(input, file, place) {
    jobs.forEach(function (job) {
      if (job.input === input) {
        job.over = true;
        if (job.flight) { job.flight.abort(); }
        window.clearTimeout(job.timer);
      }
    });
    jobs = waiting();
    var job = new Job(input, file, place);
    if (file.size > LARGEST) { job.stop("超过 20 MB，压缩后再上传", false); return; }
    if (!file.size) { job.stop("这是空文件，重新选择", false); return; }
    jobs.push(job);
    job.send();
  }

  /* On a phone, the camera has a button of its own: a chooser for documents may not offer it. */
  function camera(input, place) {
    if (!window.matchMedia || !window.matchMedia("(pointer: coarse)").matches) { return; }
    var taker = document.createElement("input"), button = document.createElement("button");
    taker.type = "file"; taker.accept = "image/*"; taker.setAttribute("capture", "environment");
    taker.hidden = true; taker.setAttribute("aria-hidden", "true"); taker.tabIndex = -1;
    button.type = "button"; button.className = "btn btn-quiet"; button.textContent = "拍照";
    var name = place.querySelector("legend");
    if (name) { button.setAttribute("aria-label", "拍照：" + name.firstChild.textContent.trim()); }
    button.addEventListener("click", function () { taker.click(); });
    taker.addEventListener("change", function (event) {
      event.stopPropagation();
      if (taker.files[0]) { chosen(input, taker.files[0], place); taker.value = ""; }
    });
    input.insertAdjacentElement("afterend", button);
    button.insertAdjacentElement("afterend", taker);
  }

  function watch(input) {
    var place = box(input);
    camera(input, place);
    input.addEventListener("change", function () { if (input.files[0]) { chosen(input, input.files[0], place); } });
  }

  /* A form sent while files are still on their way waits for them. */
  document.addEventListener("submit", function (event) {
    var form = event.target, left = waiting().filter(function (job) { return job.input.form === form; });
    if (!left.length) { return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    var submitter = event.submitter;
    left.forEach(function (job) { job.say("传完以后自动继续"); job.send(); });
    var timer = window.setInterval(function () {
      if (waiting().length) { return; }
      window.clearInterval(timer);
      var refused = left.filter(function (job) { return job.refused; })[0];
      if (refused) { refused.input.focus(); return; }
      if (form.requestSubmit) { form.requestSubmit(submitter || undefined); } else { form.submit(); }
    }, 200);
  }, true);

  window.addEventListener("online", function () { waiting().forEach(function (job) { job.send(); }); });
  window.addEventListener("offline", function () { if (waiting().length) { window.portalBanner(OFFLINE); } });
  window.addEventListener("beforeunload", function (event) {
    if (waiting().length) { event.preventDefault(); event.returnValue = ""; }
  });
  Array.prototype.forEach.call(document.querySelectorAll("input[type=file][data-upload]"), watch);
})();
