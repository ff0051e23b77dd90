/* Small helps for every page. All of it may be missing: pages read, file and search without it. */
(function () {
  "use strict";

  function each(selector, work, root) {
    Array.prototype.forEach.call((root || document).querySelectorAll(selector), work);
  }

  /* One sending, one record: the second press of a button is ignored until the page comes back. */
  function freeze(form, submitter) {
    form.dataset.sending = "yes";
    window.setTimeout(function () {
      each("button[type=submit], button:not([type])", function (button) {
        button.setAttribute("aria-disabled", "true");
        if (button === submitter) {
          button.dataset.words = button.textContent;
          button.textContent = button.dataset.sendingWords || "正在提交…";
        }
      }, form);
    }, 0);
    window.setTimeout(function () { thaw(form); }, 30000);
  }

  function thaw(form) {
    delete form.dataset.sending;
    each("button[aria-disabled]", function (button) {
      button.removeAttribute("aria-disabled");
      if (button.dataset.words) {
        button.textContent = button.dataset.words;
        delete button.dataset.words;
      }
    }, form);
  }

  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method.toLowerCase() !== "post") { return; }
    if (form.dataset.sending) { event.preventDefault(); event.stopPropagation(); return; }
    freeze(form, event.submitter || form.querySelector("button[type=submit], button:not([type])"));
  });
  window.addEventListener("pageshow", function () { each("form[data-sending]", thaw); });
  document.addEventListener("htmx:afterRequest", function (event) {
    var form = event.target.closest && event.target.closest("form");
    if (form) { thaw(form); }
  });

  /* The Enter that picks a Chinese word must not send the form (Safari tells it only by keyCode 229). */
  document.addEventListener("keydown", function (event) {
    var typing = event.isComposing || event.keyCode === 229;
    if (typing && event.key === "Enter" && event.target.tagName === "INPUT") { event.preventDefault(); }
  }, true);

  /* An error summary takes the focus, and its lines lead to their fields. */
  function toSummary() {
    var summary = document.querySelector(".error-summary");
    if (!summary) { return; }
    if (document.title.indexOf("错误：") !== 0) { document.title = "错误：" + document.title; }
    summary.focus();
    each("a[href^='#']", function (link) {
      link.addEventListener("click", function (event) {
        var target = document.getElementById(link.getAttribute("href").slice(1));
        if (!target) { return; }
        event.preventDefault();
        var label = target.closest(".field") || target;
        label.scrollIntoView();
        target.focus({ preventScroll: true });
      });
    }, summary);
  }

  /* The name and size of a chosen file, in words. */
  function size(bytes) {
    return bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
  }
  document.addEventListener("change", function (event) {
    var input = event.target;
    if (input.type !== "file") { return; }
    var line = input.parentNode.querySelector(".file-name");
    if (!line) {
      line = document.createElement("span");
      line.className = "file-name";
      line.setAttribute("role", "status");
      input.insertAdjacentElement("afterend", line);
    }
    line.textContent = Array.prototype.map.call(input.files, function (file) {
      return "已选择：" + file.name + "（" + size(file.size) + "）";
    }).join("；");
  });

  /* Print, large letters. */
  document.addEventListener("click", function (event) {
    var print = event.target.closest("[data-print]");
    var large = event.target.closest("[data-large]");
    if (print) { window.print(); }
    if (large) {
      var on = document.documentElement.classList.toggle("large");
      large.setAttribute("aria-pressed", String(on));
      document.cookie = "large=" + (on ? "1" : "0") + "; path=/; max-age=31536000; samesite=lax";
    }
  });
  window.addEventListener("beforeprint", function () { each("details.more", function (box) { box.open = true; }); });

  /* When a part of a page asked for by htmx is refused, say why. */
  window.portalBanner = function (text) {
    var banner = document.getElementById("banner");
    if (banner) { banner.textContent = text; }
  };
  document.addEventListener("htmx:responseError", function (event) {
    var words = "这次操作没有完成，请刷新页面后再试";
    try { words = JSON.parse(event.detail.xhr.responseText).detail || words; } catch (error) { /* not a problem document */ }
    window.portalBanner(words);
  });
  document.addEventListener("htmx:sendError", function () { window.portalBanner("网络已断开，请稍后再试"); });
  document.addEventListener("htmx:beforeRequest", function () { window.portalBanner(""); });

  each("[data-print], [data-large]", function (button) { button.hidden = false; });
  toSummary();
})();
