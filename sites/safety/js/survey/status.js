// The state of sending in words, always in sight.
import { counts } from "./outbox.js";

const { gettext, ngettext, interpolate } = window;

function list(visits, photos) {
  const parts = [];
  if (visits) parts.push(interpolate(ngettext("%s visit", "%s visits", visits), [visits]));
  if (photos) parts.push(interpolate(ngettext("%s photo", "%s photos", photos), [photos]));
  return parts.join(", ");
}

function words({ visits, photos, refusedVisits, refusedPhotos }) {
  const lines = [];
  if (refusedVisits || refusedPhotos) {
    const refused = list(refusedVisits, refusedPhotos);
    lines.push(interpolate(gettext("%s refused and kept on this phone: the reason stands below."), [refused]));
  }
  if (visits || photos) {
    const why = navigator.onLine ? gettext("sending") : gettext("waiting for the network");
    lines.push(interpolate(gettext("%s not sent yet: %s"), [list(visits, photos), why]));
  }
  return lines.join(" ") || gettext("Everything on this phone has been received.");
}

function stateOf({ visits, photos, refusedVisits, refusedPhotos }) {
  if (refusedVisits || refusedPhotos) return "refused";
  return visits || photos ? "waiting" : "done";
}

export async function showStatus(line, store, user, outcome) {
  const waiting = await counts(store, user);
  const isOut = outcome === "signed-out";
  line.textContent = isOut ? gettext("Sign in again to send what is kept on this phone.") : words(waiting);
  line.dataset.state = isOut ? outcome : stateOf(waiting);
}

const MOST_MINUTES_OFF = 10;

// Says that the phone's clock is wrong while it can still be set right; `serverNow` is only
// compared on a page that came over the network just now.
export function showClock(line, serverNow, now = Date.now()) {
  const [entry] = performance.getEntriesByType("navigation");
  const navigation = /** @type {PerformanceNavigationTiming | undefined} */ (entry);
  if (!line || !serverNow || !navigation?.transferSize) return;
  const minutes = Math.round(Math.abs(now - new Date(serverNow).getTime()) / 60_000);
  line.hidden = minutes <= MOST_MINUTES_OFF;
  line.textContent = interpolate(
    gettext("This phone's clock is %s minutes off. Set it right first: a visit by a wrong clock is kept, but cannot better a grade."),
    [minutes.toLocaleString("vi")],
  );
}
