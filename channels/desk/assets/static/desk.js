// Three small helps. Every page works without them.
(() => {
  "use strict";

  // The summary of what is wrong is read first.
  const problems = document.querySelector("[data-focus]");
  if (problems) problems.focus();

  // The length of a reply, counted by the server while it is written.
  const box = document.querySelector("textarea[data-count]");
  const line = document.getElementById("length");
  if (box && line) {
    let waiting, asked = 0;
    const count = async () => {
      const mine = ++asked;
      try {
        const answer = await fetch(box.dataset.count, {
          method: "POST", body: new URLSearchParams({ text: box.value }), redirect: "error",
        });
        if (answer.ok && mine === asked) line.textContent = await answer.text();
      } catch { /* the button still counts */ }
    };
    box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(count, 400); });
  }

  // A double click sends once. The server sees to that as well.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 2000);
  });

  // Five minutes before the session ends by itself, say so and offer to stay.
  const expires = Number(document.body.dataset.expires);
  const ending = document.getElementById("ending");
  if (expires && ending) {
    let timer;
    const wait = () => {
      clearTimeout(timer);
      ending.hidden = true;
      timer = setTimeout(() => { ending.hidden = false; }, (expires - 300) * 1000);
    };
    document.getElementById("stay").addEventListener("click", async () => {
      const answer = await fetch("/still-here", { method: "POST", redirect: "error" }).catch(() => null);
      if (answer && answer.ok) wait();
      else ending.firstElementChild.textContent =
        "You have been signed out. Send what you typed all the same: you sign in first, and it is kept.";
    });
    wait();
  }
})();
