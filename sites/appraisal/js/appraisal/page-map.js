// The one map of the page, and picking places on it until told to stop.
import { createMap } from "../../../../infra/map/js/map.js";
import { need } from "../../../../infra/web/js/find.js";

export const mapOfPage = () => createMap(need("[data-map]"));

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
