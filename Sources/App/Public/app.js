// Makes the pages quicker; nothing needs it. Words come from the pages, so there are none in here.

const body = document.body;
const keysEnabled = () => attempt(() => localStorage.getItem("torg.keys")) !== "off";

// What a browser may refuse, or cannot read: storing anything at all, or the end of an address that somebody else wrote.
// One such thing must not stop the rest of the script.
function attempt(action) {
  try { return action(); } catch { return null; }
}

const isTyping = (target) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

// Errors first: whoever reads by ear or magnified is led to what must be changed.
const problems = document.querySelector("[data-problems]");
if (problems) problems.focus();
else document.querySelector("[data-register-form] textarea, [data-first]")?.focus();

// On a narrow screen the lists are one long row: show where one is.
document.querySelector(".side [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

// Links in the error summary lead into the field, also when it lies in something folded.
function unfold(hash) {
  const id = attempt(() => decodeURIComponent(hash.slice(1)));
  const field = id && document.getElementById(id);
  if (!field) return;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  field.focus();
}
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("[data-problems] a[href^='#']");
  if (!link) return;
  event.preventDefault();
  unfold(link.hash);
});
if (location.hash) unfold(location.hash);

// Once is enough: a second press while the first is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || form.method === "get") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  const button = event.submitter;
  if (button) {
    button.dataset.label = button.textContent;
    button.setAttribute("aria-disabled", "true");
    // After this turn, so that the button's own name and value are still sent.
    setTimeout(() => { button.textContent = body.dataset.sending; });
  }
});
// Back in the history the page may be shown as it was left. A form that stays so tells that it has been sent when it is
// sent once more; the others are fetched anew.
window.addEventListener("pageshow", (event) => {
  const form = event.persisted && document.querySelector("form[data-sent]");
  if (!form) return;
  if (!form.matches("[data-stays]")) { location.reload(); return; }
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[data-label]")) {
    button.removeAttribute("aria-disabled");
    button.textContent = button.dataset.label;
  }
});

// What to tell the caller stands there as soon as the category is chosen.
const tell = (select) => {
  for (const notice of select.closest("fieldset")?.querySelectorAll("[data-category]") ?? []) {
    notice.hidden = notice.dataset.category !== select.value;
    // Whom to call has been shown: the form need not come back to say so.
    if (!notice.hidden && notice.matches("[data-emergency]")) select.form.elements.emergency_seen.value = "1";
  }
};
const categories = document.querySelectorAll("[data-register-form] select[name$='_category']");
for (const select of categories) select.addEventListener("change", () => tell(select));
// The browser may have put back what was chosen before.
window.addEventListener("pageshow", () => categories.forEach(tell));

// What a citizen has to read first stands below the category as soon as it is chosen, with the one tick that confirms it.
// What stands there is not said twice.
const readFirst = document.querySelector("[data-read-first]");
if (readFirst) {
  const form = readFirst.closest("form");
  const select = form.elements.category;
  const showNotes = () => {
    const notes = [...readFirst.querySelectorAll("[data-category]")];
    for (const note of notes) note.hidden = note.dataset.category !== select.value;
    const shown = notes.filter((note) => !note.hidden);
    readFirst.hidden = !shown.length;
    form.elements.notice_shown.value = shown.length ? select.value : "";
    for (const notice of document.querySelectorAll("[data-notice-of]")) {
      notice.hidden = shown.length > 0 && notice.dataset.noticeOf === select.value;
    }
    const call = document.querySelector("[data-call]");
    if (call) call.hidden = shown.some((note) => note.matches("[data-emergency]"));
  };
  select.addEventListener("change", () => {
    form.elements.notice_seen.checked = false;
    select.closest(".field").after(readFirst);
    showNotes();
  });
  // The browser may have put back what was chosen before. What came back for a likely category has none chosen.
  window.addEventListener("pageshow", () => { if (select.value) showNotes(); });
}

// Text areas grow with what is written, where the style sheet alone cannot do it.
if (!CSS.supports("field-sizing", "content")) {
  const grow = (area) => { area.style.height = "auto"; area.style.height = `${area.scrollHeight + 2}px`; };
  document.addEventListener("input", (event) => { if (event.target instanceof HTMLTextAreaElement) grow(event.target); });
}

// An action that opens puts the cursor where one writes.
function enter(fold) {
  if (!fold.open || !fold.matches(".action")) return;
  fold.querySelector("textarea, select, input:not([type=hidden])")?.focus({ preventScroll: true });
  fold.scrollIntoView({ block: "nearest" });
}

// Opened by a key: the event comes when somebody who types fast has written the first letters already.
const entered = new WeakSet();
document.addEventListener("toggle", ({ target }) => {
  if (target instanceof HTMLDetailsElement && !entered.delete(target)) enter(target);
}, true);

// Another outcome is chosen: what was wrong with the fields of the one before is no concern of it.
document.addEventListener("change", ({ target }) => {
  if (target.name !== "outcome") return;
  for (const field of target.form?.querySelectorAll(".wrong:has([name^=measure_], [name=reason])") ?? []) {
    field.classList.remove("wrong");
  }
});

// The position, only when asked for.
const locate = document.querySelector("[data-locate]");
if (locate && navigator.geolocation) {
  const status = document.querySelector("[data-locate-status]");
  locate.hidden = false;
  locate.addEventListener("click", () => navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      locate.form.elements.lat.value = coords.latitude.toFixed(6);
      locate.form.elements.lon.value = coords.longitude.toFixed(6);
      status.textContent = locate.dataset.done;
    },
    () => { status.textContent = locate.dataset.failed; },
    { enableHighAccuracy: true, timeout: 10000 },
  ));
}

// A page to watch asks again for itself: not while it is out of sight, paused, or something in it is being marked. What
// has changed is told in words; whoever stands on a link stays on it.
const live = document.querySelector("[data-live]");
if (live) {
  const status = document.querySelector("[data-live-status]");
  let isPaused = false;
  const showPause = () => {
    const button = live.querySelector("[data-live-toggle]");
    if (!button) return;
    button.hidden = false;
    button.dataset.going ??= button.textContent;
    button.textContent = isPaused ? button.dataset.paused : button.dataset.going;
  };
  const refresh = async () => {
    if (isPaused || document.hidden || getSelection()?.isCollapsed === false) return;
    const answer = await fetch(live.dataset.liveUrl).catch(() => null);
    // Logged out meanwhile: the login page comes instead.
    if (answer?.redirected) { location.reload(); return; }
    if (!answer?.ok) return;
    // The connection may break within it.
    const text = await answer.text().catch(() => "");
    const next = new DOMParser().parseFromString(text, "text/html").querySelector("[data-live]");
    if (!next || isPaused) return;
    const lead = (part) => part.querySelector(".head p")?.textContent;
    const news = lead(next) !== lead(live) && lead(next);
    const focused = live.contains(document.activeElement) && document.activeElement;
    const place = focused && (focused.matches("[data-live-toggle]") ? "[data-live-toggle]" :
      `a[href="${CSS.escape(focused.getAttribute("href") ?? "")}"]`);
    live.replaceChildren(...next.childNodes);
    showPause();
    if (place) live.querySelector(place)?.focus({ preventScroll: true });
    if (news) status.textContent = news;
  };
  showPause();
  setInterval(refresh, live.dataset.live * 1000);
  live.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-live-toggle]")) return;
    isPaused = !isPaused;
    showPause();
  });
}

// Keys
const dialog = document.getElementById("keys");
document.querySelectorAll("[data-keys]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => dialog?.showModal());
});
const toggle = document.getElementById("keys-enabled");
if (toggle) {
  toggle.checked = keysEnabled();
  toggle.addEventListener("change", () => {
    attempt(() => localStorage.setItem("torg.keys", toggle.checked ? "on" : "off"));
  });
}

const isInList = () => Boolean(document.activeElement?.closest("[data-list]"));

function move(step) {
  const links = [...document.querySelectorAll("[data-list] .title a")];
  if (!links.length) return false;
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + step));
  links[next].focus();
  return true;
}

function press(key) {
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  // A button that sends at once is only pointed at: one key alone must not change a case.
  target.focus();
  if (target.tagName === "SUMMARY") {
    target.click();
    entered.add(target.parentElement);
    enter(target.parentElement);
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isTyping(event.target)) { event.target.blur(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (isTyping(event.target) || dialog?.open || !keysEnabled()) return;
  const did = {
    "/": () => { const field = document.querySelector("[data-search]"); field?.focus(); field?.select(); return field; },
    "?": () => { dialog?.showModal(); return dialog; },
    r: () => { const link = document.querySelector("[data-register]"); link?.click(); return link; },
    j: () => move(1),
    // Arrows scroll the page until one is in the list.
    ArrowDown: () => isInList() && move(1),
    ArrowUp: () => isInList() && move(-1),
    k: () => move(-1) || press("k"),
  }[event.key]?.() ?? (/^[a-z]$/.test(event.key) && press(event.key));
  if (did) event.preventDefault();
});
