// Progressive enhancement only: every page does its work without this file.
// The addresses of the design systems' scripts come from the page, because their names carry a hash.

const own = document.getElementById("hertsend-script");

document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const address of [own?.dataset.govukFrontend, own?.dataset.mojFrontend]) {
  if (address) {
    import(address)
      .then((library) => library.initAll())
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
