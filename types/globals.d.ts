// What the pages' scripts find without importing it.
import type * as Leaflet from "leaflet";

declare global {
  // Django's JavaScript catalogue.
  function gettext(msgid: string): string;
  function ngettext(singular: string, plural: string, count: number): string;
  function pgettext(context: string, msgid: string): string;
  function interpolate(
    text: string,
    values: unknown[] | Record<string, unknown>,
    named?: boolean,
  ): string;

  interface Window {
    // Leaflet is django-leaflet's one L.
    L: typeof Leaflet;
    htmx: unknown;
  }

  interface Element {
    // What a page's script set up on an element, so that it is set up once.
    ttMap?: import("../infra/map/js/map.js").MapView;
    ttCoordinate?: unknown;
    ttPicker?: { show(): void };
  }

  interface GlobalEventHandlersEventMap {
    "coordinate:change": CustomEvent;
  }
  interface DocumentEventMap {
    "coordinate:change": CustomEvent;
    "coordinate:pick": CustomEvent;
    "htmx:afterSwap": CustomEvent;
    "htmx:configRequest": CustomEvent;
    "htmx:load": CustomEvent;
  }
  interface WindowEventMap {
    toast: CustomEvent;
  }
}
