// The phone and the queue follow by themselves, and Enter sends as on a phone.
// The page works without this.
(() => {
  "use strict";
  const screen = document.getElementById("screen");
  const queue = document.getElementById("queue");
  const box = document.getElementById("text");
  const send = document.getElementById("send");
  const down = () => { screen.scrollTop = screen.scrollHeight; };
  down();

  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (box.value.trim()) send.requestSubmit();
  });

  const fetched = async (path) => {
    const answer = await fetch(path, { redirect: "error" });
    if (!answer.ok) throw new Error("no answer");
    return new DOMParser().parseFromString(await answer.text(), "text/html").body;
  };
  const count = (part) => part.querySelectorAll(".bubble:not(.note)").length;

  const follow = async () => {
    if (document.hidden) return;
    const phone = await fetched("/try/phone");
    if (count(phone) > count(screen)) {
      // Only what is new is added, so that a screen reader reads only that.
      const fresh = [...phone.querySelectorAll(".bubble")];
      const shown = screen.querySelectorAll(".bubble").length;
      if (count(screen) === 0) screen.replaceChildren(...fresh);
      else screen.append(...fresh.slice(shown));
      down();
    }
    const rows = await fetched("/try/queue");
    if (rows.innerHTML.trim() !== queue.dataset.seen) {
      queue.dataset.seen = rows.innerHTML.trim();
      const at = document.activeElement;
      const link = queue.contains(at) ? at.getAttribute("href") : null;
      queue.replaceChildren(...rows.childNodes);
      if (link) queue.querySelector(`a[href="${CSS.escape(link)}"]`)?.focus();
    }
  };
  const again = () => setTimeout(() => follow().catch(() => {}).finally(again), 2000);
  again();
})();
