// Progressive enhancement only: every page does its work without this file.
// The addresses of the design systems' scripts come from the page, because their names carry a hash.

const own = document.getElementById("hertsend-script");

document.body.classList.add("js-enabled", "govuk-frontend-supported");

const libraries = [];
for (const address of [own?.dataset.govukFrontend, own?.dataset.mojFrontend]) {
  if (address) {
    import(address)
      .then((library) => {
        libraries.push(library);
        library.initAll();
      })
      .catch(() => document.body.classList.remove("govuk-frontend-supported"));
  }
}

// Filters stand open without script; on a narrow screen they would push the list out of sight.
if (window.matchMedia("(max-width: 60em)").matches) {
  for (const details of document.querySelectorAll("details[data-closed-when-narrow]")) {
    details.open = false;
  }
}

// A chart's points, one at a time, by arrow keys or pointer; each is read out as it is reached.
for (const drawing of document.querySelectorAll("svg[data-readings]")) {
  const points = [...drawing.querySelectorAll("[data-reading]")];
  if (points.length > 0) {
    readPoints(drawing, points);
  }
}

function readPoints(drawing, points) {
  const reading = document.createElement("p");
  reading.className = "hs-chart__reading";
  reading.setAttribute("aria-live", "polite");
  drawing.after(reading);
  drawing.setAttribute("tabindex", "0");

  let at = -1;
  const show = (index) => {
    points[at]?.classList.remove("hs-reading");
    at = Math.max(0, Math.min(points.length - 1, index));
    points[at].classList.add("hs-reading");
    reading.textContent = points[at].dataset.reading;
  };
  drawing.addEventListener("focus", () => {
    if (at < 0) {
      reading.textContent = "Use the arrow keys to read the chart point by point.";
    }
  });
  drawing.addEventListener("keydown", (event) => {
    const steps = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: points.length - 1 };
    if (event.key in steps) {
      event.preventDefault();
      show(steps[event.key]);
    }
  });
  points.forEach((point, index) => point.addEventListener("pointerenter", () => show(index)));
}

// The grid of figures: up and down lead to the same column of the measure above or below.
for (const grid of document.querySelectorAll("[data-figure-grid]")) {
  grid.addEventListener("keydown", (event) => {
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const row = event.target.closest(".hs-grid");
    if (!way || !row) {
      return;
    }
    const rows = [...grid.querySelectorAll(".hs-grid")];
    const column = [...row.querySelectorAll(".hs-cell")].indexOf(event.target.closest(".hs-cell"));
    const cells = [...(rows[rows.indexOf(row) + way]?.querySelectorAll(".hs-cell") ?? [])];
    const box = cells[Math.min(column, cells.length - 1)]?.querySelector("input[inputmode=decimal]");
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
}

// A return: rows open and are saved without leaving the page, so that what is typed in others stays.
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const inWords = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

for (const card of document.querySelectorAll("[data-return-row]")) {
  prepareRow(card);
}

document.addEventListener("submit", (event) => {
  const card = event.target.closest("[data-return-row]");
  if (card && event.target.matches("[data-save-row]")) {
    event.preventDefault();
    saveRow(card, event.submitter);
  } else if (event.target.matches("[data-submit-return]") && changedRows().length > 0) {
    event.preventDefault();
    saveAll().then((saved) => saved && document.querySelector("[data-submit-return]").requestSubmit());
  } else {
    document.body.dataset.leaving = "yes";
  }
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-open-row]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    const page = await pageOf(fetch(link.href)).catch(() => null);
    page ? showRow(page, page.querySelector("[data-opened]")) : window.location.assign(link.href);
  }
});

window.addEventListener("beforeunload", (event) => {
  if (!document.body.dataset.leaving && changedRows().length > 0) {
    event.preventDefault();
  }
});

function changedRows() {
  return [...document.querySelectorAll("[data-return-row][data-changed]")];
}

function prepareRow(card) {
  const form = card.querySelector("[data-save-row]");
  form.addEventListener("input", () => {
    card.dataset.changed = "yes";
    followDates(form);
  });
  followDates(form);
  const copy = card.querySelector("[data-copy-words]");
  if (copy) {
    copy.hidden = false;
    copy.addEventListener("click", () => copyWords(card, form));
  }
}

// The words of the month before, after what was typed already.
function copyWords(card, form) {
  for (const words of card.querySelectorAll("[data-words]")) {
    const box = form.elements[words.dataset.words];
    box.value = [box.value.trim(), words.innerText.trim()].filter(Boolean).join("\n\n");
  }
  card.dataset.changed = "yes";
  form.elements.what_happened.focus();
}

// What the dates allow at best, as the forecast is typed; the reason shows when one is asked for.
function followDates(form) {
  const floor = form.querySelector("[data-floor]");
  const order = ["green", "amber", "red"];
  const best = bestRating(floor.dataset, forecastOf(form));
  floor.querySelector("[data-floor-words]").textContent = best.words;
  const mark = form.querySelector(`input[name="rating"][value="${best.rating}"] ~ label svg`);
  floor.querySelector("svg").replaceWith(mark.cloneNode(true));
  const reason = form.querySelector("[data-reason]");
  const given = order.indexOf(form.elements.rating.value);
  const isAsked = given >= 0 && given < order.indexOf(best.rating);
  reason.hidden = !isAsked && !form.elements.reason_for_rating.value && !reason.querySelector(".govuk-error-message");
}

function bestRating({ due, overdue, red, amber, green }, forecast) {
  if (overdue !== undefined) {
    return { rating: "red", words: red };
  }
  if (due && forecast && forecast > new Date(due)) {
    return { rating: "amber", words: amber.replace("{forecast}", inWords.format(forecast)) };
  }
  return { rating: "green", words: green };
}

function forecastOf(form) {
  const [day, month, year] = ["day", "month", "year"].map((box) => form.elements[`forecast_on_${box}`].value.trim());
  const number = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1 || Number(month);
  const date = new Date(Date.UTC(Number(year), number - 1, Number(day)));
  return day && number && year.length === 4 && date.getUTCDate() === Number(day) ? date : null;
}

async function pageOf(answer) {
  const response = await answer;
  if (!response.ok) {
    throw new Error(`Answered ${response.status}`);
  }
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

// Sends a row; false when the browser goes to another page for it (two texts, signed out).
async function saveRow(card, button) {
  if (card.dataset.saving) {
    return false;
  }
  card.dataset.saving = "yes";
  const form = card.querySelector("[data-save-row]");
  const typed = new URLSearchParams(new FormData(form, button));
  let response;
  try {
    response = await fetch(form.action, { method: "POST", body: typed });
  } catch {
    delete card.dataset.saving;
    form.querySelector("[role=status]").textContent = "Not saved: there is no connection. Your words are still here.";
    return false;
  }
  const page = response.ok ? await pageOf(response) : null;
  if (!page?.getElementById(card.id)) {
    document.body.dataset.leaving = "yes";
    form.submit();
    return false;
  }
  const opened = page.querySelector("[data-opened]");
  showRow(page, page.getElementById(card.id), { focus: opened?.id === card.id ? "button" : "" });
  if (opened && opened.id !== card.id) {
    showRow(page, opened);
  }
  return !page.querySelector(`#${card.id} .govuk-error-message`);
}

async function saveAll() {
  for (const card of changedRows()) {
    if (!(await saveRow(card, null))) {
      return false;
    }
  }
  return true;
}

// Puts a row of a page that was fetched in the place of the one that stands here, with all counts.
function showRow(page, fresh, { focus = "h3" } = {}) {
  document.getElementById(fresh.id).replaceWith(fresh);
  for (const place of ["return-head", "return-bar"]) {
    const news = page.getElementById(place);
    if (news) {
      document.getElementById(place)?.replaceWith(news);
    }
  }
  if (fresh.matches("[data-return-row]")) {
    prepareRow(fresh);
  }
  for (const library of libraries) {
    library.initAll({ scope: fresh });
  }
  announce(fresh);
  if (focus) {
    const wrong = fresh.querySelector(".govuk-form-group--error input, .govuk-form-group--error textarea");
    (wrong || fresh.querySelector(`[data-save-row] ${focus}`) || fresh.querySelector("h3, a"))?.focus();
  }
}

// A status is read out when its words change, not when it arrives with them.
function announce(row) {
  const status = row.querySelector("[role=status]");
  if (status) {
    const words = status.textContent;
    status.textContent = "";
    setTimeout(() => {
      status.textContent = words;
    }, 100);
  }
}
