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

  const describe = (letter) => {
    if (letter === "?") return words("unseen");
    const rebuilt = letter >= "a";
    const posts = rebuilt ? letter.charCodeAt(0) - 97 : Number(letter);
    const said = posts ? words("posted_n").replace("{count}", posts < 9 ? posts : "≥ 9") : words("silent");
    return rebuilt ? `${said} (${words("rebuilt")})` : said;
  };

  const point = (event) => {
    const drawing = event.target.closest && event.target.closest("svg[data-days]");
    tip.hidden = true;
    if (!drawing) return;
    const box = drawing.getBoundingClientRect();
    const scale = drawing.viewBox.baseVal.width / box.width;
    const column = Math.floor(((event.clientX - box.left) * scale - 22) / 11);
    const line = Math.floor(((event.clientY - box.top) * scale - 14) / 11);
    const index = column * 7 + line - Number(drawing.dataset.offset);
    const letter = drawing.dataset.days[index];
    if (column < 0 || line < 0 || line > 6 || letter === undefined || letter === ".") return;
    const day = new Date(Date.parse(drawing.dataset.first) + index * 86400000);
    const date = day.toLocaleDateString(page.lang, {
      weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
    });
    tip.textContent = `${date}: ${describe(letter)}`;
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
