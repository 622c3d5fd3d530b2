// The one map of the page, and picking places on it until told to stop.
import { createMap } from "../../../../infra/map/js/map.js";

export const mapOfPage = () => createMap(document.querySelector("[data-map]"));

export function pickAgain(map, put) {
  let stop;
  const arm = () => {
    stop = map.pick((place) => {
      put(place);
      arm();
    });
  };
  arm();
  return () => stop();
}
