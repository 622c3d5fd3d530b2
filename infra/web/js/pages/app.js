import htmx from "htmx.org";
import { setUpCoordinates } from "../../../places/js/coordinate.js";
import { setUpConfirm } from "../shell/confirm.js";
import { setUpMapSwitch } from "../shell/map_switch.js";
import { setUpMenu } from "../shell/menu.js";
import { setUpMessages } from "../shell/messages.js";
import { setUpSearch } from "../shell/search.js";

window.htmx = htmx;
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
// Back loads the page anew by its address: a copy from the browser's store would have a dead map,
// and would outlive the session.
htmx.config.historyCacheSize = 0;
htmx.config.refreshOnHistoryMiss = true;

document.addEventListener("htmx:configRequest", (event) => {
  /** @type {HTMLMetaElement | null} */
  const token = document.querySelector('meta[name="csrf-token"]');
  if (token) event.detail.headers["X-CSRFToken"] = token.content;
});

document.addEventListener("htmx:load", (event) => setUpCoordinates(event.target));

setUpConfirm(document);
setUpCoordinates(document);
setUpMapSwitch(document);
setUpMenu(document);
setUpMessages(document);
setUpSearch(document);
