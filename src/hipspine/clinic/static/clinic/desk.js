// The day by keyboard. Keys act only while a visit, a free time or the timetable has the focus
// (WCAG 2.1.4); each is the press of a button or link that the page has anyway.
"use strict";
(() => {
  const timetable = document.getElementById("timetable");
  if (!timetable) return;
  const entries = () => [...timetable.querySelectorAll("[data-entry]")];
  const columnOf = (element) => element.closest(".column");

  function middle(element) {
    const box = element.closest("li").getBoundingClientRect();
    return box.top + Math.min(box.height, 40) / 2;
  }

  function within(step) {
    const own = [...columnOf(document.activeElement).querySelectorAll("[data-entry]")];
    return own[own.indexOf(document.activeElement) + step];
  }

  function beside(step) {
    const columns = [...timetable.querySelectorAll(".column")];
    let place = columns.indexOf(columnOf(document.activeElement)) + step;
    const height = middle(document.activeElement);
    for (; columns[place]; place += step) {
      const there = [...columns[place].querySelectorAll("[data-entry]")];
      if (there.length) {
        const far = (element) => Math.abs(middle(element) - height);
        return there.reduce((best, next) => (far(next) < far(best) ? next : best));
      }
    }
    return undefined;
  }

  const moves = {
    ArrowUp: () => within(-1), ArrowDown: () => within(1),
    ArrowLeft: () => beside(-1), ArrowRight: () => beside(1),
  };

  function go(event) {
    const focused = document.activeElement;
    const isEntry = focused.matches("[data-entry]");
    if (!isEntry && focused !== timetable) return; // a button inside a visit keeps its own keys
    const target = isEntry ? moves[event.key]() : entries()[0];
    if (!target) return;
    event.preventDefault();
    target.focus();
    target.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function press(key) {
    const visit = document.activeElement.closest(".visit");
    const named = `[data-key="${CSS.escape(key)}"]`;
    const button = (visit && visit.querySelector(named)) || document.querySelector(`nav ${named}`);
    if (button) button.click();
    return Boolean(button);
  }

  function showKeys() {
    const keys = document.getElementById("keys");
    keys.open = true;
    keys.querySelector("summary").focus();
  }

  timetable.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key in moves) go(event);
    else if (event.key === "?") showKeys();
    else if (event.key === "g") { event.preventDefault(); document.getElementById("on").focus(); }
    else if (event.key.length === 1 && press(event.key)) event.preventDefault();
  });
})();
