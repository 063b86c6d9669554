"use strict";
(() => {
  const page = document.documentElement;
  const switches = document.querySelectorAll("input[name=language]");
  const filter = document.getElementById("filter");
  const tip = document.getElementById("tip");

  const speak = () => {
    const chosen = document.querySelector("input[name=language]:checked").value;
    page.lang = chosen;
    document.title = chosen === "en" ? page.dataset.titleEn : page.dataset.titleId;
  };

  const sift = () => {
    const wanted = filter.value.trim().toLocaleLowerCase();
    let matches = 0;
    for (const item of document.querySelectorAll("[data-name]")) {
      item.hidden = !item.dataset.name.toLocaleLowerCase().includes(wanted);
      matches += item.hidden ? 0 : 1;
    }
    document.getElementById("filter-none").hidden = matches > 0;
  };

  const words = (state) => {
    const item = document.querySelector(`#legend [data-state=${state}], #tip-words [data-state=${state}]`);
    return (item.querySelector(`[lang=${page.lang}]`) || item).textContent;
  };

  const describe = ({ posts, rebuilt, unseen }) => {
    if (unseen && !posts) return words("unseen");
    const said = posts ? words("posted_n").replace("{count}", posts < 9 ? posts : "≥ 9") : words("silent");
    return rebuilt ? `${said} (${words("rebuilt")})` : said;
  };

  // What stands at a day: the layers that have a line over it, and how many posts where no mark tells.
  const read = (drawing, column, line, index) => {
    const layers = [...drawing.querySelectorAll("path")].filter((path) => {
      let x = 0, y = 0;
      for (const [, right, down, length] of path.getAttribute("d").matchAll(/m(-?\d+) ?(-?\d+)v(\d+)/g)) {
        x += Number(right), y += Number(down);
        if (x === column && y <= line && line < y + Number(length)) return true;
        y += Number(length);
      }
      return false;
    }).map((path) => path.getAttribute("class"));
    const many = (drawing.dataset.many || "").split(",").map((each) => each.split(":").map(Number));
    const marked = ["p1", "p2", "p3"].findLastIndex((name) => layers.includes(name)) + 1;
    return {
      posts: new Map(many).get(index) || marked,
      rebuilt: layers.includes("ring") || layers.includes("notch"),
      unseen: layers.includes("unseen"),
      due: !layers.includes("blank"),
    };
  };

  const point = (event) => {
    const drawing = event.target.closest && event.target.closest("svg.days");
    const ground = drawing && drawing.querySelector("use");
    tip.hidden = true;
    if (!ground) return;
    const box = drawing.getBoundingClientRect();
    const scale = drawing.viewBox.baseVal.width / box.width;
    const { first, offset, count } = document.querySelector(ground.getAttribute("href")).dataset;
    const column = Math.floor(((event.clientX - box.left) * scale - 22) / 11);
    const line = Math.floor(((event.clientY - box.top) * scale - 14) / 11);
    const index = column * 7 + line - Number(offset);
    if (column < 0 || line < 0 || line > 6 || index < 0 || index >= Number(count)) return;
    const found = read(drawing, column, line, index);
    if (!found.due) return;
    const day = new Date(Date.parse(first) + index * 86400000);
    const date = day.toLocaleDateString(page.lang, {
      weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
    });
    tip.textContent = `${date}: ${describe(found)}`;
    tip.hidden = false;
    const left = Math.min(event.clientX + 12, window.innerWidth - tip.offsetWidth - 8);
    tip.style.setProperty("left", `${Math.max(8, left)}px`);
    tip.style.setProperty("top", `${event.clientY + 18}px`);
  };

  for (const one of switches) one.addEventListener("change", speak);
  speak();
  filter.closest("p").hidden = false;
  filter.addEventListener("input", sift);
  document.addEventListener("pointermove", point, { passive: true });
})();
